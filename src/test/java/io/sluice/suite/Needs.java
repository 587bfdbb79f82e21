package io.sluice.suite;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The test is left out where the tool is missing, and the build says so at its end. {@code -Dgroups
 * = tools} runs these tests only.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("tools")
@ExtendWith(Needs.IsThere.class)
public @interface Needs {
  Tool value();

  /** Looks for the tool. */
  final class IsThere implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
      return test.getElement()
          .flatMap(element -> AnnotationSupport.findAnnotation(element, Needs.class))
          .map(Needs::value)
          .filter(tool -> tool.find().isEmpty())
          .map(tool -> disabled(tool.missing()))
          .orElseGet(() -> enabled("everything is there"));
    }
  }
}
