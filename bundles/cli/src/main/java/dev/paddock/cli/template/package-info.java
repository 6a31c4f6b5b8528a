/** Chat templates: checked and rendered here, or rendered for a model by the server. */
package dev.paddock.cli.template;
