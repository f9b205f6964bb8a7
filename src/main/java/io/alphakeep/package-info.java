/** The program's entry; the packages below are the steps of the data's way, see each one's own page. */
package io.alphakeep;
