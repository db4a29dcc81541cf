// The bytes of a pickle, taken one piece after the other; every piece is checked to be there. Thread: any.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace earmark::neural
{

/// Why a pickle is not read; thrown within this folder, and made an Error where a reader begins.
struct Problem {
    std::string_view code;
    std::string why;
};

class PickleBytes
{
public:
    /// `pickle` must outlive what is taken of it: texts are views.
    explicit PickleBytes(std::span<const std::byte> pickle) : text_(reinterpret_cast<const char*>(pickle.data()), pickle.size()) {}

    [[noreturn]] static void damaged(std::string why = "its pickle is damaged") { throw Problem{"model.bad_weights", std::move(why)}; }

    std::size_t position() const { return position_; }
    /// The next byte, which stays; 0 at the end.
    char peek() const { return position_ < text_.size() ? text_[position_] : '\0'; }

    std::string_view take(std::uint64_t count)
    {
        if (count > text_.size() - position_)
            damaged("its pickle is cut short");
        const auto part = text_.substr(position_, static_cast<std::size_t>(count));
        position_ += part.size();
        return part;
    }

    std::uint64_t takeUnsigned(std::size_t count)
    {
        std::uint64_t number = 0;
        const auto bytes = take(count);
        for (std::size_t i = 0; i < count; ++i)
            number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
        return number;
    }

    std::string_view takeLine()
    {
        const std::size_t end = text_.find('\n', position_);
        if (end == text_.npos)
            damaged("its pickle is cut short");
        const auto line = take(end - position_);
        ++position_;
        return line;
    }

    std::int64_t takeLong(std::uint64_t count)
    {
        const auto bytes = take(count);
        if (bytes.size() > 8)
            damaged("its pickle holds a number out of range");
        std::uint64_t number = !bytes.empty() && (bytes.back() & 0x80) ? ~std::uint64_t{0} : 0;
        for (std::size_t i = bytes.size(); i-- > 0;)
            number = number << 8 | static_cast<unsigned char>(bytes[i]);
        return static_cast<std::int64_t>(number);
    }

    double takeDouble()
    {
        std::uint64_t bits = 0;
        for (const char byte : take(8))
            bits = bits << 8 | static_cast<unsigned char>(byte);
        return std::bit_cast<double>(bits);
    }

private:
    std::string_view text_;
    std::size_t position_ = 0;
};

} // namespace earmark::neural
