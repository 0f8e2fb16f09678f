package org.pagexplorer.lab.alignment;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One number of each model of a study. */
public sealed interface Measure {

  /** For people, such as {@code Etmann alignment}. */
  String title();

  /** Of a model; NaN before it is known. */
  double value(AlignmentStudy study, int model);

  /** {@code ± 0.004}, or nothing. */
  String interval(AlignmentStudy study, int model);

  /** {@code 0.123}; nothing before it is known. */
  default String number(AlignmentStudy study, int model) {
    double value = value(study, model);
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** A mean over images. */
  record OfImages(String title, Function<ModelAlignment, Mean> mean) implements Measure {
    @Override
    public double value(AlignmentStudy study, int model) {
      return mean.apply(study.of(model)).value();
    }

    @Override
    public String interval(AlignmentStudy study, int model) {
      return AlignmentTexts.interval(mean.apply(study.of(model)));
    }
  }

  /** A number of all images together. */
  record OfAll(String title, ToDoubleFunction<ModelAlignment> number) implements Measure {
    @Override
    public double value(AlignmentStudy study, int model) {
      return number.applyAsDouble(study.of(model));
    }

    @Override
    public String interval(AlignmentStudy study, int model) {
      return "";
    }
  }

  /** How often the other models predict the target of this one's pictures; in [0, 1]. */
  record ByOthers() implements Measure {
    @Override
    public String title() {
      return "predicted by the others";
    }

    @Override
    public double value(AlignmentStudy study, int model) {
      ModelAlignment found = study.of(model);
      int others = study.models().size() - 1;
      int named =
          IntStream.rangeClosed(0, others).filter(b -> b != model).map(found.named()::get).sum();
      return (double) named / ((long) others * found.pictures());
    }

    @Override
    public String interval(AlignmentStudy study, int model) {
      return "";
    }
  }

  /** Of the winning logit's gradient. */
  List<Measure> GRADIENT =
      List.of(
          new OfImages("Etmann alignment", ModelAlignment::etmann),
          new OfImages("total variation", ModelAlignment::variation),
          new OfImages("low frequencies", ModelAlignment::lowFrequency));

  /** Of random steps on and off the images' local subspaces. */
  List<Measure> MANIFOLD =
      List.of(
          new OfImages("change on-manifold", ModelAlignment::onManifold),
          new OfImages("change off-manifold", ModelAlignment::offManifold),
          new OfAll("off / on", f -> f.offManifold().value() / f.onManifold().value()));

  /** Of log Σ exp f. */
  List<Measure> ENERGY =
      List.of(
          new OfAll("log Σ exp f: clean", f -> Energies.median(f.energies().clean())),
          new OfAll("log Σ exp f: attacked", f -> Energies.median(f.energies().attacked())),
          new OfAll("log Σ exp f: pictures", f -> Energies.median(f.energies().drawn())),
          new OfAll(
              "AUROC, clean over attacked",
              f -> Energies.auroc(f.energies().clean(), f.energies().attacked())),
          new OfAll(
              "AUROC, clean over pictures",
              f -> Energies.auroc(f.energies().clean(), f.energies().drawn())));

  /** The cosines with a study's realizations. */
  static List<Measure> cosines(AlignmentStudy study) {
    return IntStream.range(0, study.realizations().size())
        .<Measure>mapToObj(
            r ->
                new OfImages(
                    "cosine: " + Yardsticks.titleOf(study.realizations().get(r)),
                    found -> found.cosines().get(r)))
        .toList();
  }

  /** The cosine with a given score, where one is given. */
  static List<Measure> score(AlignmentStudy study) {
    return study.hasScore()
        ? List.of(new OfImages("cosine: score", ModelAlignment::score))
        : List.of();
  }

  /** All of a study's. */
  static List<Measure> all(AlignmentStudy study) {
    return Stream.of(
            cosines(study),
            score(study),
            GRADIENT,
            MANIFOLD,
            ENERGY,
            List.<Measure>of(new ByOthers()))
        .flatMap(List::stream)
        .toList();
  }
}
