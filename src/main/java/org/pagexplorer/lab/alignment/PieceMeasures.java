package org.pagexplorer.lab.alignment;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.alignment.MeasuredPieces.Kind;
import org.pagexplorer.lab.alignment.MeasuredPieces.Piece;

/**
 * Measures pieces of a study.
 *
 * @param models how many there are, to whom each one's pictures are shown
 * @param pictures the attack that makes them
 */
record PieceMeasures(
    Dataset held,
    int models,
    AttackSpecification pictures,
    HeldOutMeasures measures,
    Prepared prepared) {

  /**
   * @param classifiers the models, by their places
   * @return nothing if the observer cancelled
   */
  Optional<MeasuredPiece> of(
      Piece piece, Function<Integer, Classifier> classifiers, AttackObserver observer) {
    Classifier f = classifiers.apply(piece.model());
    return piece.kind() == Kind.GRADIENTS
        ? gradients(piece, f, observer)
        : ShownPictures.of(held, piece.from(), piece.to(), f, pictures, observer)
            .map(shown -> named(piece, shown, classifiers));
  }

  private Optional<MeasuredPiece> gradients(Piece piece, Classifier f, AttackObserver observer) {
    List<Image> images = IntStream.range(piece.from(), piece.to()).mapToObj(held::image).toList();
    int[] labels = IntStream.range(piece.from(), piece.to()).map(held::label).toArray();
    return measures
        .of(f, prepared, piece.from(), images, labels, observer)
        .map(all -> MeasuredPiece.gradients(piece.model(), piece.from(), all));
  }

  private MeasuredPiece named(
      Piece piece, ShownPictures shown, Function<Integer, Classifier> classifiers) {
    List<Integer> named =
        IntStream.range(0, models).mapToObj(b -> shown.named(classifiers.apply(b))).toList();
    return MeasuredPiece.pictures(
        piece.model(),
        piece.from(),
        named,
        LogSumExp.ofEach(classifiers.apply(piece.model()).logits(shown.pictures())));
  }
}
