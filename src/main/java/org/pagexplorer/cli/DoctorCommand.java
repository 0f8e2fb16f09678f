package org.pagexplorer.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pagexplorer.lab.doctor.Diagnosis;
import org.pagexplorer.lab.doctor.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pag doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a bug report needs to know of this machine, and what is wrong with it.",
      "Ends with 0 if nothing is."
    })
final class DoctorCommand implements Callable<Integer> {

  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Diagnosis diagnosis = Diagnosis.of(Machine.here());
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("facts", diagnosis.facts());
      object.put("findings", diagnosis.findings());
      Report.json(spec, object);
    } else {
      diagnosis.text().lines().forEach(line -> Report.line(spec, false, line));
    }
    return diagnosis.findings().isEmpty() ? 0 : 1;
  }
}
