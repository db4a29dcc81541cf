#include "engine/neural/checkpoint/torch_file.h"

#include <string_view>

#include "engine/neural/checkpoint/mapped_file.h"
#include "engine/neural/checkpoint/torch_legacy.h"
#include "engine/neural/checkpoint/torch_zip.h"

namespace earmark::neural
{

Result<StateDict> readTorchFile(const std::string& path)
{
    EARMARK_TRY(const auto file, MappedFile::open(path));
    const std::string_view text(reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size());
    if (text.starts_with("PK"))
        return readTorchZip(file);
    if (text.starts_with('\x80'))
        return readTorchLegacy(file);
    return failure("model.bad_weights", quoteName(path) + " is not a file that torch.save wrote; fetch the file again.", path);
}

} // namespace earmark::neural
