// The way through a transformer's layers, one after the other: what is kept on the way, layer drop, gradient checkpointing. Thread: the executor's.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "engine/neural/device/torch.h"
#include "engine/neural/models/gradient_checkpoint.h"

namespace earmark::neural
{

struct LayerRun {
    std::vector<torch::Tensor>* hiddenStates = nullptr; ///< gets each layer's input; null where nobody asked
    std::vector<torch::Tensor>* attentions = nullptr;   ///< gets each layer's weights, undefined of a layer that was left out; null where nobody asked
    bool recompute = false;                             ///< in the backward pass; the weights are then not kept
    /// One number a layer is drawn from torch's global CPU generator, and the layer left out where it is below this; nothing is drawn where absent.
    std::optional<double> layerdrop;
    bool sparesFirst = false; ///< the first layer is never left out, though its number is drawn
    Tensors shared;           ///< what every layer gets beside its input and has gradients too
};

/// The last layer's output. `forward(layer, inputs)` gives hidden states and weights; inputs are the layer's, then `shared`. It is copied for the
/// backward pass, so it holds what it needs by value.
template <class Layers, class Forward> torch::Tensor runLayers(const Layers& layers, torch::Tensor hidden, const LayerRun& run, const Forward& forward)
{
    bool first = true;
    for (const auto& layer : layers) {
        if (run.hiddenStates)
            run.hiddenStates->push_back(hidden);
        const bool drawn = run.layerdrop && torch::rand({}).template item<float>() < static_cast<float>(*run.layerdrop);
        const bool isLeftOut = drawn && !(first && run.sparesFirst);
        first = false;
        Tensors inputs{hidden};
        inputs.insert(inputs.end(), run.shared.begin(), run.shared.end());
        torch::Tensor weights;
        if (!isLeftOut && run.recompute)
            hidden = checkpointed([layer = layer.get(), forward](const Tensors& in) { return forward(*layer, in).first; }, inputs, layer->parameters());
        else if (!isLeftOut)
            std::tie(hidden, weights) = forward(*layer, inputs);
        if (run.attentions)
            run.attentions->push_back(weights);
    }
    return hidden;
}

} // namespace earmark::neural
