// Mean and deviation of the training data, for untrained models that read a log-mel spectrogram. Thread: the executor's.
#pragma once

#include <vector>

#include "engine/neural/features/feature_extractor.h"
#include "engine/neural/infer/clip_store.h"
#include "engine/neural/models/model.h"

namespace earmark::neural
{

/// Sets the extractor's mean and deviation to those of the clips; where one patch of the model spans all mel bins, each bin's own are folded into the
/// patch projection's weights. Returns what the mean of each bin is in the network's input, for masks to hold; empty where the model reads no
/// log-mel spectrogram. Errors: those of reading clips.
Result<std::vector<float>> adaptInputTo(const ClipStore& clips, FeatureExtractor& extractor, Model& model);

/// What adaptInputTo() returned, for an extractor that has its mean and deviation already.
Result<std::vector<float>> binMeansIn(const ClipStore& clips, const FeatureExtractor& extractor);

} // namespace earmark::neural
