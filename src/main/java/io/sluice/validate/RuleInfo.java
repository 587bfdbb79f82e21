package io.sluice.validate;

/**
 * What a rule checks, for those who show it.
 *
 * @param field as it was configured
 */
public record RuleInfo(String name, String field, Range range) {}
