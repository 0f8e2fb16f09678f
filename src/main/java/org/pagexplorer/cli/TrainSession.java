package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.runs.Probe;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.run.Recipe;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.TrainedModel;
import org.pagexplorer.run.Training;
import org.pagexplorer.run.TrainingObserver;
import org.pagexplorer.run.TrainingPlan;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One stretch of a training on the command line.
 *
 * @param run where its state is kept, if it is
 * @param signals of the system's that end it
 */
record TrainSession(
    CommandSpec spec,
    boolean json,
    TrainOptions options,
    String command,
    Optional<RunDirectory> run,
    StopSignals signals) {
  /** Nanoseconds. */
  private static final long TELL_EVERY = 1_000_000_000;

  /** Trains from where the run is to the end, or until somebody asks it to stop. */
  int run(TorchEngine engine, Dataset train, Dataset test, TrainingPlan plan, Path file) {
    Normalization normalization =
        train.shape().channels() == 3
            ? Normalization.CIFAR10
            : Normalization.identity(train.shape().channels());
    Training training = new Training(plan, train, test, normalization);
    TrainedModel model =
        new TrainedModel(
            plan,
            training,
            train,
            normalization,
            options.name,
            command,
            options.float16 ? Dtype.F16 : Dtype.F32);
    Optional<Training.Resumption> from = run.flatMap(r -> r.resumption(training.architecture()));
    Optional<Probe> probe =
        run.isPresent() && training.architecture().family().isForImages()
            ? Optional.of(new Probe(engine, training.architecture(), normalization, test))
            : Optional.empty();
    List<SequencedMap<String, Tensor>> latest = new ArrayList<>();
    from.ifPresent(resumption -> latest.add(resumption.state().weights()));
    begun(from, plan);
    if (options.recipe != null) {
      Report.line(
          spec,
          json,
          "Recipe %s; chosen, since the paper does not say: %s."
              .formatted(options.recipe, String.join(", ", Recipe.named(options.recipe).chosen())));
    }
    boolean ended =
        training.run(
            engine,
            from,
            (state, report) -> {
              model.write(file, state.weights(), List.of());
              run.ifPresent(r -> r.keep(state, report));
              run.ifPresent(
                  r -> probe.ifPresent(p -> picture(p, report.epoch(), state.weights(), r)));
              latest.clear();
              latest.add(state.weights());
            },
            observer());
    if (!ended) {
      return stopped(latest.isEmpty());
    }
    Report.line(
        spec,
        json,
        String.format(
            Locale.ROOT,
            "Steps waited for data %.1f %% of their time.",
            100 * training.dataWaitShare()));
    Report.line(spec, json, "Measuring on " + test.size() + " test images …");
    List<Measurement> measured = model.measure(engine, latest.getFirst(), test);
    model.write(file, latest.getFirst(), measured);
    run.ifPresent(r -> r.event("finished", Map.of("measurements", measured)));
    Report.line(spec, json, "Wrote " + file + ".");
    return 0;
  }

  /** The probe is only for looking at: no reason to end a training. */
  private void picture(
      Probe probe, int epoch, SequencedMap<String, Tensor> weights, RunDirectory to) {
    try {
      probe.after(epoch, weights, to.folder());
    } catch (UserException e) {
      Report.note(
          spec, "Epoch %d has no picture of the probe: %s".formatted(epoch, e.getMessage()));
    }
  }

  private void begun(Optional<Training.Resumption> from, TrainingPlan plan) {
    run.ifPresent(
        r -> {
          RunQueue.taken(r.folder());
          r.event(
              from.isPresent() ? "resumed" : "started",
              Map.of(
                  "method", plan.method().id(),
                  "epochs", plan.epochs(),
                  "done", from.map(Training.Resumption::epochs).orElse(0),
                  "device", options.device,
                  "software", Software.NAME_AND_VERSION));
        });
    from.ifPresent(
        resumption ->
            Report.line(
                spec,
                json,
                "Going on after epoch %d of %d.".formatted(resumption.epochs(), plan.epochs())));
  }

  private int stopped(boolean atOnce) {
    run.ifPresent(
        r -> {
          r.forgetStopRequest();
          r.event("stopped", Map.of());
        });
    Report.line(
        spec,
        json,
        atOnce
            ? "Stopped before the first epoch was whole."
            : "Stopped; pag train --run-dir with the same folder goes on after the last epoch.");
    return PagCommand.STOPPED;
  }

  /** A stop ends a pause. */
  private static void waitWhilePaused(RunDirectory run, StopSignals signals) {
    while (run.isPaused() && !run.isStopRequested() && !signals.arrived()) {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private TrainingObserver observer() {
    return new TrainingObserver() {
      private long told = System.nanoTime() - TELL_EVERY;

      @Override
      public boolean isCancelled() {
        run.ifPresent(r -> waitWhilePaused(r, signals));
        return signals.arrived() || run.map(RunDirectory::isStopRequested).orElse(false);
      }

      @Override
      public void step(Progress p) {
        long now = System.nanoTime();
        if (now - told > TELL_EVERY) {
          told = now;
          run.ifPresent(r -> r.progress(p));
        }
        if (!json) {
          Report.live(
              spec,
              String.format(
                  Locale.ROOT,
                  "epoch %d/%d %3.0f %%  cross-entropy %.3f  alignment %.3f  accuracy %.1f %%  %.0f"
                      + " images/s  %s left",
                  p.epoch(),
                  p.epochs(),
                  100 * p.done(),
                  p.crossEntropy(),
                  p.alignment(),
                  100 * p.accuracy(),
                  p.imagesPerSecond(),
                  Durations.words(p.secondsLeft())));
        }
      }

      @Override
      public void epoch(EpochReport r) {
        if (json) {
          Report.json(spec, r);
        } else {
          Report.line(
              spec,
              false,
              String.format(
                  Locale.ROOT,
                  "epoch %d  cross-entropy %.3f  alignment %.3f  train %.1f %%  test %.1f %%  %.0f"
                      + " images/s  %s left",
                  r.epoch(),
                  r.crossEntropy(),
                  r.alignment(),
                  100 * r.trainAccuracy(),
                  100 * r.cleanAccuracy(),
                  r.imagesPerSecond(),
                  Durations.words(r.secondsLeft())));
        }
      }
    };
  }
}
