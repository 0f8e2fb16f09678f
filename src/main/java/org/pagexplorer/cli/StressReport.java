package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.pagexplorer.domain.Software;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.lab.doctor.Stress;
import org.pagexplorer.lab.doctor.StressSetting;

/** What {@code pag doctor --stress} found, for people and for programs. */
record StressReport(
    Stress.Report found, List<StressSetting> settings, List<Integer> widths, String device) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "PyTorch %s on %s: %d of %d cases tried in %.1f minutes, %d processes one after the"
                + " other.",
            NativeLibraries.version(),
            device,
            found.tried(),
            found.all(),
            found.took().toMillis() / 60_000.0,
            found.processes()));
    lines.add(
        "Widths "
            + widths.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + "; "
            + settings.stream().map(StressSetting::toString).collect(Collectors.joining("; "))
            + ".");
    lines.add(
        StressSetting.guardsAllocations()
            ? "Writes past the end of a block of memory are found when the block is freed."
            : "The C library's memory checks are not available here: only crashes are found.");
    if (found.tried() < found.all()) {
      lines.add("Time ran out before every case was tried: increase --minutes.");
    }
    found.deaths().forEach(death -> lines.addAll(lines(death)));
    lines.add(found.deaths().isEmpty() ? "No process died." : count());
    return lines;
  }

  private String count() {
    int deaths = found.deaths().size();
    return (deaths == 1 ? "One process" : deaths + " processes") + " died: please report this.";
  }

  private static List<String> lines(Stress.Death death) {
    List<String> lines = new ArrayList<>();
    lines.add("- " + death.how() + " (" + death.setting() + "): " + death.line());
    lines.add(
        death.again()
            ? "  It dies alone, too."
            : "  It does not die alone: an earlier case in its process may be at fault.");
    death.primitive().ifPresent(primitive -> lines.add("  oneDNN's last: " + primitive));
    death.frame().ifPresent(frame -> lines.add("  in " + frame));
    return lines;
  }

  SequencedMap<String, Object> json() {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    json.put("software", Software.NAME_AND_VERSION);
    json.put("pytorch", NativeLibraries.version());
    json.put("device", device);
    json.put("widths", widths);
    json.put("settings", settings);
    json.put("memoryChecked", StressSetting.guardsAllocations());
    json.put("tried", found.tried());
    json.put("all", found.all());
    json.put("processes", found.processes());
    json.put("seconds", found.took().toMillis() / 1000.0);
    json.put("deaths", found.deaths().stream().map(StressReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(Stress.Death death) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("isa", death.setting().isa());
    json.put("threads", death.setting().threads());
    json.put("case", death.line());
    json.put("how", death.how());
    json.put("again", death.again());
    json.put("primitive", death.primitive().orElse(""));
    json.put("frame", death.frame().orElse(""));
    return json;
  }
}
