/**
 * The nouns: symbols, series, bars, documents, watermarks, and the calendar of the United States' exchanges. Records
 * without behaviour of their own beyond their form. Imports nothing of ours; fails with
 * {@link IllegalArgumentException} that names the text that has not the form.
 */
package io.alphakeep.market;
