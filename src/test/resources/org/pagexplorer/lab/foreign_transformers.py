"""Vision transformers and ConvNeXts, under the names of their published classes; see foreign_models.py."""
from foreign_models import *


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.qkv, self.proj = heads, nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        n, t, d = x.shape
        q, k, v = self.qkv(x).reshape(n, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(-2, -1) * (d // self.heads) ** -0.5).softmax(-1)
        return self.proj((weights @ v).transpose(1, 2).reshape(n, t, d))


class Gamma(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gamma = nn.Parameter(torch.rand(width))

    def forward(self, x):
        return x * self.gamma


class Fc(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, hidden), nn.Linear(hidden, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, width, heads, scaled, hidden):
        super().__init__()
        self.norm1, self.attn = nn.LayerNorm(width, eps=1e-6), Attention(width, heads)
        self.norm2, self.mlp = nn.LayerNorm(width, eps=1e-6), Fc(width, hidden)
        self.ls1, self.ls2 = (Gamma(width), Gamma(width)) if scaled else (nn.Identity(), nn.Identity())

    def forward(self, x):
        x = x + self.ls1(self.attn(self.norm1(x)))
        return x + self.ls2(self.mlp(self.norm2(x)))


class Embedding(nn.Module):
    def __init__(self, width, patch):
        super().__init__()
        self.proj = nn.Conv2d(3, width, patch, patch)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


class TimmViT(nn.Module):
    """timm's VisionTransformer, VisionTransformerDistilled, and DeiT III."""

    def __init__(self, side, patch, width, depth, heads, distilled=False, scaled=False, hidden=0):
        super().__init__()
        extra = 2 if distilled else 1
        self.cls_token = nn.Parameter(torch.randn(1, 1, width))
        if distilled:
            self.dist_token = nn.Parameter(torch.randn(1, 1, width))
        self.pos_embed = nn.Parameter(torch.randn(1, (side // patch) ** 2 + (0 if scaled else extra), width))
        self.patch_embed = Embedding(width, patch)
        self.blocks = nn.Sequential(*[Block(width, heads, scaled, hidden or 4 * width) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(width, eps=1e-6), nn.Linear(width, 10)
        if distilled:
            self.head_dist = nn.Linear(width, 10)
        self.distilled, self.scaled = distilled, scaled

    def forward(self, x):
        h = self.patch_embed(x)
        if self.scaled:
            h = h + self.pos_embed
        tokens = [self.cls_token.expand(len(h), -1, -1)]
        if self.distilled:
            tokens.append(self.dist_token.expand(len(h), -1, -1))
        h = torch.cat(tokens + [h], 1)
        if not self.scaled:
            h = h + self.pos_embed
        h = self.norm(self.blocks(h))
        return (self.head(h[:, 0]) + self.head_dist(h[:, 1])) / 2 if self.distilled else self.head(h[:, 0])


class EncoderBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width, eps=1e-6)
        self.self_attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.ln_2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Dropout(0.1),
                                 nn.Linear(4 * width, width), nn.Dropout(0.1))

    def forward(self, x):
        y = self.ln_1(x)
        h = x + self.self_attention(y, y, y, need_weights=False)[0]
        return h + self.mlp(self.ln_2(h))


class Encoder(nn.Module):
    def __init__(self, tokens, width, depth, heads):
        super().__init__()
        self.pos_embedding = nn.Parameter(torch.randn(1, tokens, width))
        self.layers = nn.Sequential(OrderedDict(
            ("encoder_layer_%d" % i, EncoderBlock(width, heads)) for i in range(depth)))
        self.ln = nn.LayerNorm(width, eps=1e-6)

    def forward(self, x):
        return self.ln(self.layers(x + self.pos_embedding))


class TorchvisionViT(nn.Module):
    def __init__(self, side, patch, width, depth, heads):
        super().__init__()
        self.class_token = nn.Parameter(torch.randn(1, 1, width))
        self.conv_proj = nn.Conv2d(3, width, patch, patch)
        self.encoder = Encoder((side // patch) ** 2 + 1, width, depth, heads)
        self.heads = nn.Sequential(OrderedDict(head=nn.Linear(width, 10)))

    def forward(self, x):
        h = self.conv_proj(x).flatten(2).transpose(1, 2)
        return self.heads(self.encoder(torch.cat([self.class_token.expand(len(h), -1, -1), h], 1))[:, 0])


class PagAttention(nn.Module):
    def __init__(self, feats, head):
        super().__init__()
        self.head, self.sqrt_d = head, feats ** 0.5
        self.q, self.k, self.v = nn.Linear(feats, feats), nn.Linear(feats, feats), nn.Linear(feats, feats)
        self.o = nn.Linear(feats, feats)

    def forward(self, x):
        b, n, f = x.size()
        q, k, v = [layer(x).view(b, n, self.head, f // self.head).transpose(1, 2)
                   for layer in (self.q, self.k, self.v)]
        score = F.softmax(torch.einsum("bhif, bhjf->bhij", q, k) / self.sqrt_d, dim=-1)
        return self.o(torch.einsum("bhij, bhjf->bihf", score, v).flatten(2))


class PagEncoder(nn.Module):
    def __init__(self, feats, hidden, head):
        super().__init__()
        self.la1, self.msa = nn.LayerNorm(feats), PagAttention(feats, head)
        self.la2 = nn.LayerNorm(feats)
        self.mlp = nn.Sequential(nn.Linear(feats, hidden), nn.GELU(), nn.Dropout(0.0),
                                 nn.Linear(hidden, feats), nn.GELU(), nn.Dropout(0.0))

    def forward(self, x):
        out = self.msa(self.la1(x)) + x
        return self.mlp(self.la2(out)) + out


class PagViT(nn.Module):
    """royg27/PAG-ROB, models/ViT.py"""

    def __init__(self, patch=8, layers=7, hidden=384, mlp_hidden=384, head=12, is_cls_token=True):
        super().__init__()
        self.patch, self.is_cls_token, self.patch_size = patch, is_cls_token, 32 // patch
        self.emb = nn.Linear(self.patch_size ** 2 * 3, hidden)
        self.cls_token = nn.Parameter(torch.randn(1, 1, hidden)) if is_cls_token else None
        self.pos_emb = nn.Parameter(torch.randn(1, patch ** 2 + (1 if is_cls_token else 0), hidden))
        self.enc = nn.Sequential(*[PagEncoder(hidden, mlp_hidden, head) for _ in range(layers)])
        self.fc = nn.Sequential(nn.LayerNorm(hidden), nn.Linear(hidden, 10))

    def forward(self, x):
        out = x.unfold(2, self.patch_size, self.patch_size).unfold(3, self.patch_size, self.patch_size)
        out = self.emb(out.permute(0, 2, 3, 4, 5, 1).reshape(x.size(0), self.patch ** 2, -1))
        if self.is_cls_token:
            out = torch.cat([self.cls_token.repeat(out.size(0), 1, 1), out], dim=1)
        out = self.enc(out + self.pos_emb)
        return self.fc(out[:, 0] if self.is_cls_token else out.mean(1))


class LayerNorm2d(nn.LayerNorm):
    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class NextBlock(nn.Module):
    """timm's, or Facebook's own names for the same."""

    def __init__(self, width, facebook):
        super().__init__()
        self.facebook, dw = facebook, nn.Conv2d(width, width, 7, padding=3, groups=width)
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.gamma = nn.Parameter(torch.rand(width))
        if facebook:
            self.dwconv, self.pwconv1, self.pwconv2 = dw, nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        else:
            self.conv_dw, self.mlp = dw, Fc(width, 4 * width)

    def forward(self, x):
        if self.facebook:
            h = self.pwconv2(F.gelu(self.pwconv1(self.norm(self.dwconv(x).permute(0, 2, 3, 1)))))
        else:
            h = self.mlp(self.norm(self.conv_dw(x).permute(0, 2, 3, 1)))
        return x + (self.gamma * h).permute(0, 3, 1, 2)


class NextStage(nn.Module):
    def __init__(self, i, width, count):
        super().__init__()
        self.downsample = nn.Identity() if i == width else nn.Sequential(
            LayerNorm2d(i, eps=1e-6), nn.Conv2d(i, width, 2, 2))
        self.blocks = nn.Sequential(*[NextBlock(width, False) for _ in range(count)])

    def forward(self, x):
        return self.blocks(self.downsample(x))


class TimmNext(nn.Module):
    def __init__(self, counts, width):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, width, 4, 4), LayerNorm2d(width, eps=1e-6))
        self.stages = nn.Sequential(*[
            NextStage(width << max(0, s - 1), width << s, count) for s, count in enumerate(counts)])
        self.head = nn.Sequential(OrderedDict(
            norm=nn.LayerNorm(width << 3, eps=1e-6), fc=nn.Linear(width << 3, 10)))

    def forward(self, x):
        return self.head(self.stages(self.stem(x)).mean((2, 3)))


class FacebookNext(nn.Module):
    def __init__(self, counts, width):
        super().__init__()
        self.downsample_layers = nn.ModuleList(
            [nn.Sequential(nn.Conv2d(3, width, 4, 4), LayerNorm2d(width, eps=1e-6))]
            + [nn.Sequential(LayerNorm2d(width << s, eps=1e-6), nn.Conv2d(width << s, width << (s + 1), 2, 2))
               for s in range(3)])
        self.stages = nn.ModuleList([
            nn.Sequential(*[NextBlock(width << s, True) for _ in range(count)]) for s, count in enumerate(counts)])
        self.norm, self.head = nn.LayerNorm(width << 3, eps=1e-6), nn.Linear(width << 3, 10)

    def forward(self, x):
        for down, stage in zip(self.downsample_layers, self.stages):
            x = stage(down(x))
        return self.head(self.norm(x.mean((2, 3))))


class CNBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(width, width, 7, padding=3, groups=width), nn.Identity(), nn.LayerNorm(width, eps=1e-6),
            nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width), nn.Identity())
        self.layer_scale = nn.Parameter(torch.rand(width, 1, 1))

    def forward(self, x):
        h = self.block[0](x).permute(0, 2, 3, 1)
        for layer in self.block[2:]:
            h = layer(h)
        return x + self.layer_scale * h.permute(0, 3, 1, 2)


class TorchvisionNext(nn.Module):
    def __init__(self, counts, width):
        super().__init__()
        layers = [nn.Sequential(nn.Conv2d(3, width, 4, 4), LayerNorm2d(width, eps=1e-6))]
        for s, count in enumerate(counts):
            layers.append(nn.Sequential(*[CNBlock(width << s) for _ in range(count)]))
            if s < 3:
                layers.append(nn.Sequential(
                    LayerNorm2d(width << s, eps=1e-6), nn.Conv2d(width << s, width << (s + 1), 2, 2)))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(
            LayerNorm2d(width << 3, eps=1e-6), nn.Flatten(1), nn.Linear(width << 3, 10))

    def forward(self, x):
        return self.classifier(F.adaptive_avg_pool2d(self.features(x), 1))


def main():
    save("timm-vit", TimmViT(64, 16, 128, 3, 2), side=64)
    save("timm-vit-head", TimmViT(32, 4, 64, 2, 1),
         wrap=lambda s: OrderedDict((k.replace("head.", "head.1."), v) for k, v in s.items()))
    save("deit-distilled", TimmViT(32, 8, 128, 2, 2, distilled=True), wrap=lambda s: {"model": s})
    save("deit3", TimmViT(48, 16, 64, 2, 1, scaled=True), side=48)
    save("small-vit", TimmViT(32, 4, 48, 2, 3, hidden=96))
    save("torchvision-vit", TorchvisionViT(64, 16, 128, 3, 2), side=64)
    save("pag-vit", PagViT(), wrap=renamed("module."))
    save("pag-vit-averaged", PagViT(4, 2, 48, 24, 12, False))
    save("timm-convnext", TimmNext([1, 2, 3, 1], 6), side=64)
    save("facebook-convnext", FacebookNext([1, 1, 2, 1], 6), side=64, wrap=lambda s: {"model": s})
    save("torchvision-convnext", TorchvisionNext([3, 3, 9, 3], 4), side=64)
