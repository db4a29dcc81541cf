#include "engine/neural/train/tensorboard.h"

#include <array>
#include <bit>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <unistd.h>

#include "engine/base/file.h"

namespace earmark::neural
{

namespace
{

constexpr std::array<std::uint32_t, 256> crcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = value & 1 ? value >> 1 ^ 0x82f63b78u : value >> 1;
        table[i] = value;
    }
    return table;
}();

std::string littleEndian(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i));
    return text;
}

std::string varint(std::uint64_t value)
{
    std::string text;
    for (; value >= 0x80; value >>= 7)
        text += static_cast<char>(value | 0x80);
    return text + static_cast<char>(value);
}

// Protocol buffers' wire types: 0 varint, 1 eight bytes, 2 bytes with their length before them, 5 four bytes.
std::string field(int number, int wireType) { return varint(static_cast<std::uint64_t>(number) << 3 | static_cast<unsigned>(wireType)); }
std::string bytesField(int number, const std::string& bytes) { return field(number, 2) + varint(bytes.size()) + bytes; }
std::string doubleField(int number, double value) { return field(number, 1) + littleEndian(std::bit_cast<std::uint64_t>(value), 8); }
std::string floatField(int number, float value) { return field(number, 5) + littleEndian(std::bit_cast<std::uint32_t>(value), 4); }
std::string integerField(int number, std::int64_t value) { return field(number, 0) + varint(static_cast<std::uint64_t>(value)); }

std::string frameCrc(std::string_view bytes)
{
    const std::uint32_t crc = crc32c(bytes);
    return littleEndian(((crc >> 15 | crc << 17) + 0xa282ead8u) & 0xffffffffu, 4);
}

double now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

} // namespace

std::uint32_t crc32c(std::string_view bytes)
{
    std::uint32_t crc = 0xffffffffu;
    for (const char byte : bytes)
        crc = crcTable[(crc ^ static_cast<unsigned char>(byte)) & 0xff] ^ crc >> 8;
    return ~crc;
}

Result<TensorBoardWriter> TensorBoardWriter::open(const std::string& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return tl::unexpected(systemError(error.value(), "create", folder, true));
    const auto seconds = static_cast<long long>(now());
    TensorBoardWriter writer;
    for (int i = 0; !writer.file_; ++i) {
        writer.path_ = folder + "/events.out.tfevents." + std::to_string(seconds) + ".earmark." + std::to_string(::getpid()) + "." + std::to_string(i);
        writer.file_.reset(std::fopen(writer.path_.c_str(), "wbx"));
        if (!writer.file_ && errno != EEXIST)
            return tl::unexpected(systemError(errno, "write", writer.path_, true));
    }
    EARMARK_TRY_VOID(writer.record(doubleField(1, now()) + bytesField(3, "brain.Event:2")));
    return writer;
}

Result<void> TensorBoardWriter::scalar(const std::string& tag, double value, std::int64_t step)
{
    const std::string point = bytesField(1, tag) + floatField(2, static_cast<float>(value)); // Summary.Value: tag, simple_value
    return record(doubleField(1, now()) + integerField(2, step) + bytesField(5, bytesField(1, point)));
}

Result<void> TensorBoardWriter::record(const std::string& message)
{
    const std::string length = littleEndian(message.size(), 8);
    const std::string framed = length + frameCrc(length) + message + frameCrc(message);
    if (std::fwrite(framed.data(), 1, framed.size(), file_.get()) != framed.size() || std::fflush(file_.get()) != 0)
        return tl::unexpected(systemError(errno, "write", path_, true));
    return {};
}

} // namespace earmark::neural
