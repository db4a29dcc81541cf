// Sound files in the formats of others, made by FFmpeg's own encoders while the test runs.
#pragma once

#include <string>
#include <vector>

namespace earmark::test
{

struct Encoding {
    std::string codec;  ///< FFmpeg's name of the encoder
    std::string suffix; ///< decides the container
    int rate = 44100;   ///< Hz
    int channels = 1;
    bool withVideo = false;       ///< a second stream of moving pictures beside the sound
    std::string options{};        ///< of the encoder: "b=64000:aac_pns=0"
    std::string containerOptions{};
};

/// Writes `mono` into every channel. False where this FFmpeg refuses or lacks the encoder.
bool encodeSound(const std::string& path, const Encoding& encoding, const std::vector<float>& mono);

} // namespace earmark::test
