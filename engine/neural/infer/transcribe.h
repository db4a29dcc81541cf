// `earmark-cli transcribe`: clips through a recogniser, and the best character of every frame read as text. Long clips go in windows that overlap,
// cut as the automatic-speech-recognition pipeline of transformers 4.57.6 cuts them (chunk_length_s, stride_length_s). Thread: the executor's.
#pragma once

#include <functional>

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// False where stopped. Errors: model.*, io.*, compute.*, usage.
Result<bool> transcribeClips(const TranscribeRequest& request, const TranscribeObserver& observer, std::stop_token stop,
                             const std::function<void()>& betweenBatches);

} // namespace earmark::neural
