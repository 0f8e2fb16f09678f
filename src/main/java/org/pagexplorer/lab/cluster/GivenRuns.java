package org.pagexplorer.lab.cluster;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.pagexplorer.lab.cluster.JobRecord.Place;
import org.pagexplorer.lab.cluster.QueueView.Answer;

/**
 * What of a folder was given to Slurm, by this cluster or another, as its files say.
 *
 * @param slurm this cluster's
 * @param places which task a training is, of those that were submitted the last one, by its name
 * @param evaluations measurements in chunks, by their folders
 */
record GivenRuns(
    Slurm slurm, SequencedMap<String, Place> places, SequencedMap<Path, Evaluation> evaluations) {

  static GivenRuns in(Path folder, Slurm slurm) {
    return new GivenRuns(slurm, places(folder), evaluations(folder));
  }

  static SequencedMap<String, Place> places(Path folder) {
    SequencedMap<String, Place> places = new LinkedHashMap<>();
    for (JobRecord record : JobRecord.in(folder)) {
      for (int task : record.tasks()) {
        places.put(record.runs().get(task), new Place(record, task));
      }
    }
    return places;
  }

  private static SequencedMap<Path, Evaluation> evaluations(Path folder) {
    SequencedMap<Path, Evaluation> evaluations = new LinkedHashMap<>();
    for (Path each : Evaluation.in(folder)) {
      Evaluation.of(each).ifPresent(evaluation -> evaluations.put(each, evaluation));
    }
    return evaluations;
  }

  boolean isEmpty() {
    return places.isEmpty() && evaluations.isEmpty();
  }

  /** What this cluster's Slurm says of them. */
  Answer ask(QueueView queue) {
    Set<String> users = new HashSet<>(Set.of(System.getProperty("user.name")));
    Set<Long> jobs = new HashSet<>();
    for (Place place : places.values()) {
      if (!slurm.isOther(place.record().cluster())) {
        users.add(place.record().user());
        jobs.add(place.record().job());
      }
    }
    for (Evaluation evaluation : evaluations.values()) {
      if (!slurm.isOther(evaluation.cluster())) {
        users.add(evaluation.user());
        jobs.addAll(List.of(evaluation.array(), evaluation.merging()));
      }
    }
    return queue.ask(users, jobs);
  }

  /** What this Slurm says of a job; nothing of another cluster's. */
  Answer of(Answer answer, String cluster) {
    return slurm.isOther(cluster) ? Answer.NONE : answer;
  }

  /** Names of the runs that are in a queue, or may be, with their tasks: {@code 12_3}. */
  Map<String, String> active(Answer asked) {
    Map<String, String> active = new HashMap<>();
    places.forEach(
        (name, place) -> {
          Answer answer = of(asked, place.record().cluster());
          boolean knows = answer.knows(place.record().user(), place.record().job());
          if (!knows || answer.tasks().containsKey(place.id())) {
            active.put(name, place.id());
          }
        });
    evaluations.forEach(
        (where, evaluation) -> {
          Answer answer = of(asked, evaluation.cluster());
          boolean knows = answer.knows(evaluation.user(), evaluation.merging());
          if (!knows || !Standing.tasks(evaluation, answer).isEmpty()) {
            active.put(String.valueOf(where.getFileName()), String.valueOf(evaluation.merging()));
          }
        });
    return active;
  }
}
