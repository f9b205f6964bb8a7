/**
 * The verbs: argv → options → the core → text or JSON on stdout and an exit code. Usage errors, help and the version are
 * answered before the framework starts. May import everything but trigger and Main.
 */
package io.alphakeep.command;
