package org.pagexplorer.lab.cluster;

import java.util.List;
import java.util.stream.Collectors;
import org.pagexplorer.domain.UserException;

/** Words as bash and sbatch read them. */
final class Bash {
  private Bash() {}

  /** Quoted where bash would not leave it as it is. */
  static String quoted(String word) {
    return word.matches("[\\w./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  static String quoted(List<String> words) {
    return words.stream().map(Bash::quoted).collect(Collectors.joining(" "));
  }

  /** A value in a line of {@code #SBATCH}. */
  static String directive(String value) {
    if (value.indexOf('"') >= 0 || value.chars().anyMatch(Character::isISOControl)) {
      throw new UserException(
          "Slurm takes no quotation marks or line ends in its options: rename " + value + ".");
    }
    return value.matches("[\\w./:=,%@+-]+") ? value : '"' + value + '"';
  }
}
