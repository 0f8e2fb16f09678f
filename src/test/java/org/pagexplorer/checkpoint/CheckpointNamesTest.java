package org.pagexplorer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointNamesTest {

  @ParameterizedTest
  @CsvSource({
    "resnet.pt, resnet",
    "Wong2020Fast_eps0.5.pt, Wong2020Fast_eps0.5",
    "vit.small.v1.2.safetensors, vit.small.v1.2",
    "eps0.5, eps0.5",
    "model_best.pth.tar, model_best",
    "model.safetensors.index.json, model",
    "pytorch_model.bin.index.json, pytorch_model",
    "NET.PTH, NET",
    "net.CkPt, net",
    "net.torchscript, net",
    "net.pkl, net",
    "net.model, net",
    "pytorch_model.bin, pytorch_model",
    "weights.v2.txt, weights.v2.txt",
    ".pt, .pt",
    "a.pt.pt, a.pt",
    "nothing, nothing"
  })
  void onlyTheEndingOfACheckpointIsCut(String file, String stem) {
    assertEquals(stem, CheckpointNames.stem(Path.of("some.folder", file)));
  }
}
