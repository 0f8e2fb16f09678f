package org.pagexplorer.ui.importing;

import java.util.List;
import java.util.Optional;
import org.pagexplorer.lab.model.CandidateCheck.Candidate;
import org.pagexplorer.lab.model.CandidateCheck.Result;

/**
 * One way to read a file, and how well the model then names sample images.
 *
 * @param result empty while it is not known
 * @param hasFailed whether it will never be
 */
record Reading(Candidate candidate, Optional<Result> result, boolean hasFailed) {
  private static final int NONE = -1;

  static Reading unknown(Candidate candidate) {
    return new Reading(candidate, Optional.empty(), false);
  }

  /** Those that classify most images correctly, of which there may be several. */
  static List<Reading> best(List<Reading> all) {
    int most = all.stream().mapToInt(Reading::correct).max().orElse(NONE);
    return most == NONE ? List.of() : all.stream().filter(one -> one.correct() == most).toList();
  }

  /** Those whose difference from the best may be chance; none while some are not known. */
  static List<Reading> likely(List<Reading> all) {
    double least =
        best(all).stream()
            .flatMap(one -> one.result().stream())
            .mapToDouble(result -> result.interval().low())
            .max()
            .orElse(1);
    boolean known = all.stream().allMatch(one -> one.result().isPresent() || one.hasFailed());
    return all.stream()
        .filter(one -> known && one.result().filter(r -> r.accuracy() >= least).isPresent())
        .toList();
  }

  private int correct() {
    return result.map(Result::correct).orElse(NONE);
  }

  Reading with(Result found) {
    return new Reading(candidate, Optional.of(found), false);
  }

  Reading failed() {
    return new Reading(candidate, result, true);
  }
}
