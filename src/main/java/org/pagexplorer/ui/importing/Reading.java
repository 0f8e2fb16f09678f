package org.pagexplorer.ui.importing;

import java.util.Optional;
import org.pagexplorer.lab.CandidateCheck.Candidate;
import org.pagexplorer.lab.CandidateCheck.Result;

/**
 * One way to read a file, and how well the model then names sample images.
 *
 * @param result empty while it is not known
 */
record Reading(Candidate candidate, Optional<Result> result) {}
