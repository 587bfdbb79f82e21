package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the archive says about itself against what it holds. */
final class SupplyChainIT {
  /** A component of the bill of materials: group, name, version. */
  private static final Pattern COMPONENT =
      Pattern.compile("\"bom-ref\" : \"pkg:maven/([^/\"]+)/([^@\"]+)@([^?\"]+)\\?type=jar\"");

  /** An entry of the list for people: licence, then group, name and version in brackets. */
  private static final Pattern LISTED =
      Pattern.compile(" {5}\\((.+)\\) .* \\(([^:() ]+):([^: ]+):([^ ]+) - .*\\)");

  private final Path archive = Homes.pluginArchive();

  @Test
  void theBillOfMaterialsNamesEveryJarAndNoOther() throws Exception {
    Set<String> named =
        COMPONENT
            .matcher(read("sluice/sbom.cdx.json"))
            .results()
            .map(found -> found.group(2) + "-" + found.group(3) + ".jar")
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).isEqualTo(jars());
  }

  @Test
  void theListForPeopleNamesALicenceForEveryJarOfOthers() throws Exception {
    var listed = new TreeSet<String>();
    for (String line : read("sluice/THIRD-PARTY.txt").lines().toList()) {
      Matcher entry = LISTED.matcher(line);
      if (entry.matches()) {
        assertThat(entry.group(1)).as(line).doesNotContainIgnoringCase("unknown");
        listed.add(entry.group(3) + "-" + entry.group(4) + ".jar");
      }
    }

    Set<String> others = jars();
    others.removeIf(jar -> jar.startsWith("sluice-"));
    assertThat(listed).isEqualTo(others);
  }

  private Set<String> jars() throws Exception {
    return tar("-tzf", archive.toString())
        .lines()
        .filter(name -> name.endsWith(".jar"))
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String read(String file) throws Exception {
    return tar("-xzOf", archive.toString(), file);
  }

  private static String tar(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add("tar");
    command.addAll(List.of(arguments));
    Process tar = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tar.waitFor()).as(output).isZero();
    return output;
  }
}
