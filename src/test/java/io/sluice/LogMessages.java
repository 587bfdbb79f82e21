package io.sluice;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the sources can write to the log as ERROR or WARN, read from their syntax: each message with
 * an ellipsis for what is put in, such as {@code WARN source '…': closing … failed}.
 *
 * <p>A call counts if its receiver is declared in the same file as one of {@link #SPEAKERS}. A
 * message that stands in a variable is looked up there, one that is a parameter at its callers in
 * the same file. What is still unknown becomes an ellipsis.
 */
final class LogMessages extends TreeScanner<Void, Void> {
  /** Problems that are warnings are logged behind the component's name. */
  private static final Map<String, String> SPEAKERS =
      Map.of("Logger", "", "RepeatingWarning", "", "Problems", "…: ");

  private final Set<String> messages = new TreeSet<>();
  private final Set<String> texts = new LinkedHashSet<>();
  private Names names = new Names();
  private @Nullable MethodTree method;

  static LogMessages in(Collection<Path> sources) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      var found = new LogMessages();
      for (CompilationUnitTree unit : task.parse()) {
        found.names = new Names();
        found.names.scan(unit, null);
        found.scan(unit, null);
      }
      return found;
    }
  }

  /** Level and message, in alphabetical order. */
  Set<String> messages() {
    return messages;
  }

  /** Whether {@code message} ends in a text that stands in the sources. */
  boolean isWordedAs(String message) {
    return texts.stream().anyMatch(message::endsWith);
  }

  /** Whether the message says nothing of its own: its words come from elsewhere. */
  static boolean isOpaque(String message) {
    return message.replaceFirst("^\\w+ ", "").matches("(\\w+ '…': )?[…: ]*");
  }

  @Override
  public Void visitMethod(MethodTree node, Void nothing) {
    method = node;
    return super.visitMethod(node, null);
  }

  @Override
  public Void visitLiteral(LiteralTree node, Void nothing) {
    addText(node);
    return null;
  }

  @Override
  public Void visitBinary(BinaryTree node, Void nothing) {
    addText(node);
    return super.visitBinary(node, null);
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
    if (call.getMethodSelect() instanceof MemberSelectTree select) {
      String level =
          select.getIdentifier().toString().toUpperCase(Locale.ROOT).replace("MISTAKE", "WARN");
      if (select.getIdentifier().contentEquals("formatted")) {
        addText(call);
      }
      String speaker =
          names.types.getOrDefault(
              select.getExpression().toString().replaceFirst("^this\\.", ""), "");
      boolean speaks =
          SPEAKERS.containsKey(speaker)
              && (level.equals("WARN") || (level.equals("ERROR") && !speaker.equals("Problems")));
      if (speaks) {
        for (String message : texts(call.getArguments())) {
          messages.add(level + " " + SPEAKERS.get(speaker) + message);
        }
      }
    }
    return super.visitMethodInvocation(call, null);
  }

  private void addText(ExpressionTree expression) {
    String text = text(expression);
    if (text.chars().filter(Character::isLetter).count() > 8) {
      texts.add(text);
    }
  }

  /** The first argument; once for each caller in the file, with what that one hands over. */
  private List<String> texts(List<? extends ExpressionTree> arguments) {
    var callers = new ArrayList<Map<String, String>>();
    MethodTree around = method;
    if (around != null) {
      for (MethodInvocationTree call :
          names.calls.getOrDefault(around.getName().toString(), List.of())) {
        var values = new HashMap<String, String>();
        for (int i = 0;
            i < Math.min(around.getParameters().size(), call.getArguments().size());
            i++) {
          values.put(
              around.getParameters().get(i).getName().toString(), text(call.getArguments().get(i)));
        }
        callers.add(values);
      }
    }
    ExpressionTree first = arguments.get(0);
    if (callers.isEmpty()) {
      return List.of(text(first, Map.of()));
    }
    return callers.stream().map(values -> text(first, values)).distinct().toList();
  }

  private String text(Tree tree) {
    return text(tree, Map.of());
  }

  private String text(Tree tree, Map<String, String> parameters) {
    String text = "…";
    if (tree instanceof LiteralTree literal && literal.getValue() instanceof String string) {
      text = string;
    } else if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
      text = text(sum.getLeftOperand(), parameters) + text(sum.getRightOperand(), parameters);
    } else if (tree instanceof ParenthesizedTree inner) {
      text = text(inner.getExpression(), parameters);
    } else if (tree instanceof LambdaExpressionTree lambda) {
      text = text(lambda.getBody(), parameters);
    } else if (tree instanceof MethodInvocationTree call
        && call.getMethodSelect() instanceof MemberSelectTree select
        && select.getIdentifier().contentEquals("formatted")) {
      text =
          text(select.getExpression(), parameters)
              .replaceAll("%[.\\d]*[sdf]", "…")
              .replace("%n", "\n")
              .replace("%%", "%");
    } else if (tree instanceof IdentifierTree name) {
      String known = parameters.get(name.getName().toString());
      Tree value = names.values.get(name.getName().toString());
      text = known != null ? known : value == null ? "…" : text(value, parameters);
    }
    return text.replace("{}", "…").replaceAll("\\s*\n\\s*", " ").replaceAll("…+", "…");
  }

  /** What is declared and called in one file. */
  private static final class Names extends TreeScanner<Void, Void> {
    private final Map<String, String> types = new HashMap<>();
    private final Map<String, Tree> values = new HashMap<>();
    private final Map<String, List<MethodInvocationTree>> calls = new HashMap<>();

    @Override
    public Void visitVariable(VariableTree node, Void nothing) {
      String name = node.getName().toString();
      types.put(name, String.valueOf(node.getType()));
      if (node.getInitializer() != null && types.get(name).equals("String")) {
        values.put(name, node.getInitializer());
      }
      return super.visitVariable(node, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
      if (call.getMethodSelect() instanceof IdentifierTree name) {
        calls.computeIfAbsent(name.getName().toString(), key -> new ArrayList<>()).add(call);
      }
      return super.visitMethodInvocation(call, null);
    }
  }
}
