package org.pagexplorer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.catalogue.CatalogueEntry;
import org.pagexplorer.checkpoint.catalogue.ModelCatalogue;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag models}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Lists the models found, with their cards.")
final class ModelsCommand implements Callable<Integer> {
  @Mixin ReportOptions report;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "list the models in this folder instead of the shipped ones and your own")
  @Nullable Path folder;

  @Override
  public Integer call() {
    List<Path> folders = folders();
    List<CatalogueEntry> entries = ModelCatalogue.scan(folders);
    report.json(() -> Map.of("models", entries.stream().map(ModelsCommand::json).toList()));
    entries.forEach(this::print);
    if (entries.isEmpty()) {
      report.line(
          "No models found"
              + (folders.isEmpty() ? "" : " in " + names(folders))
              + ": pag train --out FILE.safetensors makes one.");
    }
    return 0;
  }

  private static String names(List<Path> folders) {
    return folders.stream().map(Path::toString).collect(Collectors.joining(" and "));
  }

  private List<Path> folders() {
    Path only = folder;
    if (only == null) {
      return Home.modelFolders();
    }
    if (!Files.isDirectory(only)) {
      throw new UserException("There is no folder " + only + "; choose another --models.");
    }
    return List.of(only);
  }

  private void print(CatalogueEntry entry) {
    switch (entry) {
      case ModelFile(Path file, var card) -> {
        report.line(card.name() + "  " + file);
        CardText.lines(card).forEach(line -> report.line("  " + line));
      }
      case CatalogueEntry.Broken(Path file, String sentence) -> {
        report.line("Unusable  " + file);
        report.line("  " + sentence);
      }
    }
  }

  private static Map<String, Object> json(CatalogueEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", entry.file().toString());
    switch (entry) {
      case ModelFile usable -> json.putAll(CardText.json(usable.card()));
      case CatalogueEntry.Broken broken -> json.put("error", broken.sentence());
    }
    return json;
  }
}
