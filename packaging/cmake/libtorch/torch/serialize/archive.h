// Stands before LibTorch's own header of this name, which torch/nn/module.h includes for two declarations: behind it lies all of TorchScript, which
// Earmark does not use and which every source would instantiate again (2.4 of 14.6 s). Models are saved by engine/neural/checkpoint.
#pragma once

namespace torch::serialize
{
class InputArchive;
class OutputArchive;
} // namespace torch::serialize
