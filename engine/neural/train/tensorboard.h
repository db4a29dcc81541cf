// TensorBoard event files: records framed as in TFRecord, each an Event message in protocol buffers' wire format, written by hand since they
// hold numbers and names alone. Formats: tensorflow/core/lib/io/record_writer, tensorflow/core/util/event.proto. Thread: one at a time.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/error.h"

namespace earmark::neural
{

/// CRC-32C (Castagnoli), as the records' frames carry it (masked there).
std::uint32_t crc32c(std::string_view bytes);

class TensorBoardWriter
{
public:
    /// Begins a new event file in `folder`, which is made where it is not there. Errors: io.*.
    static Result<TensorBoardWriter> open(const std::string& folder);

    /// One number of a curve; reaches the file at once. Errors: io.*.
    Result<void> scalar(const std::string& tag, double value, std::int64_t step);

    const std::string& path() const { return path_; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    Result<void> record(const std::string& message);

    std::unique_ptr<std::FILE, Close> file_;
    std::string path_;
};

} // namespace earmark::neural
