package org.pagexplorer.ui.importing;

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
  static Reading unknown(Candidate candidate) {
    return new Reading(candidate, Optional.empty(), false);
  }

  Reading with(Result found) {
    return new Reading(candidate, Optional.of(found), false);
  }

  Reading failed() {
    return new Reading(candidate, result, true);
  }
}
