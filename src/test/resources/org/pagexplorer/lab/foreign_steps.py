"""Steps of training on Eq. 1, whose gradient is one of gradients; see foreign_models.py."""
from foreign_cnns import Tutorial, Vgg, certified
from foreign_models import *
from foreign_transformers import PagViT, TimmNext, TimmViT


def main():
    save_step("vit-step", TimmViT(32, 8, 64, 2, 1))
    save_step("deit-step", TimmViT(32, 8, 128, 1, 2, distilled=True))
    save_step("pag-vit-step", PagViT(8, 2, 48, 48, 12))
    save_step("convnext-step", TimmNext([1, 1, 1, 1], 6), side=64)
    save_step("cnn-step", certified(3, 32))
    save_step("vgg-step", Vgg(11, False, 4, 16, 2), side=64)
