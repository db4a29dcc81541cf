#include "engine/base/error.h"

#include "engine/base/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace earmark
{

namespace
{

constexpr auto failed = ErrorKind::failed;
constexpr auto usage = ErrorKind::usage;
constexpr auto badInput = ErrorKind::badInput;

constexpr ErrorCode table[] = {
    {"internal", failed, "Earmark itself is at fault; the message says where"},
    {"usage", usage, "the command line asks for something that does not exist or does not fit together"},
    {"usage.out_exists", usage, "the output exists and neither --overwrite nor --resume was given"},
    {"io.not_found", badInput, "a file or folder that was named does not exist"},
    {"io.unreadable", badInput, "a file exists but cannot be read"},
    {"io.unwritable", failed, "a file or folder cannot be written"},
    {"io.disk_full", failed, "the disk is full; nothing that was there before is lost"},
    {"audio.not_audio", badInput, "the file holds nothing that can be decoded as sound"},
    {"audio.empty", badInput, "the file or the chosen range holds no samples"},
    {"audio.too_short", badInput, "the clip is shorter than the model can take"},
    {"audio.not_finite", badInput, "the samples contain NaN or infinity"},
    {"audio.unsupported", badInput, "this build cannot read the format, sample rate or channel asked for"},
    {"audio.no_microphone", failed, "there is no microphone, or it cannot be opened"},
    {"project.not_a_project", badInput, "the file is not an Earmark project"},
    {"project.from_future", badInput, "the project was written by a newer Earmark"},
    {"project.locked", failed, "another Earmark is writing to the project"},
    {"project.read_only", failed, "the project cannot be changed where it lies"},
    {"project.damaged", badInput, "the project file is damaged"},
    {"project.invalid_edit", badInput, "an edit names a clip, label or split that is not there, or a value out of range"},
    {"eval.bad_report", badInput, "a stored report cannot be read"},
    {"import.no_clips", badInput, "nothing that could be imported was found"},
    {"import.no_column", badInput, "the table lacks a column that was asked for"},
    {"import.bad_table", badInput, "the table cannot be read"},
    {"split.impossible", badInput, "the clips cannot be divided as asked"},
    {"recipe.unknown_setting", usage, "no setting has this name"},
    {"recipe.bad_value", usage, "the value does not fit the setting"},
    {"model.not_found", badInput, "the folder is not a model folder, or the name is not known"},
    {"model.bad_config", badInput, "config.json or preprocessor_config.json cannot be used"},
    {"model.unsupported", badInput, "the model's family or head is not one that Earmark computes"},
    {"model.not_one_label", badInput, "the model gives several labels a clip, or numbers, and what was asked for needs one label"},
    {"model.bad_weights", badInput, "the weights are damaged, cut short or of the wrong shape"},
    {"model.unsafe_weights", badInput, "the weights file asks to run code; it was not run"},
    {"compute.no_libtorch", failed, "the networks' module or LibTorch could not be opened"},
    {"compute.no_device", badInput, "the device that was asked for is not there"},
    {"compute.out_of_memory", failed, "memory ran out; a smaller batch with accumulation may fit"},
    {"train.no_clips", badInput, "no clip that can be trained on is in the split"},
    {"train.bad_labels", badInput, "the labels do not fit the task or the model"},
    {"train.too_long", badInput, "the clip is longer than max_length_seconds, and train_length is drop_longer"},
    {"train.text_too_long", badInput, "the clip is too short for its text: the network gives it fewer frames than the text needs"},
    {"train.cannot_resume", badInput, "there is no checkpoint to go on from, or it belongs to other data or settings"},
    {"train.diverged", failed, "the loss is no longer a number"},
};

} // namespace

std::span<const ErrorCode> errorCodes() { return table; }

ErrorKind Error::kind() const
{
    const auto row = std::ranges::find(table, std::string_view(code), &ErrorCode::code);
    return row == std::end(table) ? ErrorKind::failed : row->kind;
}

tl::unexpected<Error> failure(std::string_view code, std::string message, std::string path,
                              std::map<std::string, std::string> parameters)
{
    return tl::unexpected(Error{std::string(code), std::move(message), std::move(path), std::move(parameters)});
}

std::string quoteName(std::string_view name)
{
    constexpr std::size_t longest = 240;
    constexpr char hex[] = "0123456789abcdef";
    std::string shown;
    const auto append = [&](std::string_view text) {
        for (std::size_t i = 0; i < text.size();) {
            const std::size_t length = utf8SequenceLength(text.substr(i));
            const auto lead = static_cast<unsigned char>(text[i]);
            if (length == 0 || lead < 0x20 || lead == 0x7F) {
                shown += {'\\', 'x', hex[lead >> 4], hex[lead & 15]};
                ++i;
            } else {
                shown += text.substr(i, length);
                i += length;
            }
        }
    };
    const auto boundary = [&](std::size_t at) { // never cut inside a UTF-8 sequence
        while (at < name.size() && (static_cast<unsigned char>(name[at]) & 0xC0) == 0x80)
            ++at;
        return at;
    };
    shown += "“";
    if (name.size() <= longest) {
        append(name);
    } else {
        append(name.substr(0, boundary(longest / 2)));
        shown += "…";
        append(name.substr(boundary(name.size() - longest / 2)));
    }
    shown += "”";
    return shown;
}

} // namespace earmark
