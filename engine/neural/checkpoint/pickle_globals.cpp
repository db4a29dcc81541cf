#include "engine/neural/checkpoint/pickle_globals.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace earmark::neural
{

namespace
{

std::optional<ElementType> storageType(std::string_view name)
{
    constexpr std::pair<std::string_view, ElementType> types[] = {{"FloatStorage", ElementType::f32},
                                                                  {"HalfStorage", ElementType::f16},
                                                                  {"BFloat16Storage", ElementType::bf16},
                                                                  {"DoubleStorage", ElementType::f64},
                                                                  {"LongStorage", ElementType::i64},
                                                                  {"IntStorage", ElementType::i32},
                                                                  {"ShortStorage", ElementType::i16},
                                                                  {"CharStorage", ElementType::i8},
                                                                  {"ByteStorage", ElementType::u8},
                                                                  {"BoolStorage", ElementType::boolean},
                                                                  {"float32", ElementType::f32},
                                                                  {"float16", ElementType::f16},
                                                                  {"bfloat16", ElementType::bf16},
                                                                  {"float64", ElementType::f64},
                                                                  {"int64", ElementType::i64},
                                                                  {"int32", ElementType::i32},
                                                                  {"int16", ElementType::i16},
                                                                  {"int8", ElementType::i8},
                                                                  {"uint8", ElementType::u8},
                                                                  {"bool", ElementType::boolean}};
    const auto row = std::ranges::find(types, name, &std::pair<std::string_view, ElementType>::first);
    return row == std::end(types) ? std::nullopt : std::optional(row->second);
}

} // namespace

std::optional<GlobalValue> knownGlobal(std::string_view module, std::string_view name)
{
    constexpr std::tuple<std::string_view, std::string_view, Global> known[] = {
        {"collections", "OrderedDict", Global::orderedDict},
        {"torch._utils", "_rebuild_tensor", Global::rebuildTensor},
        {"torch._utils", "_rebuild_tensor_v2", Global::rebuildTensorV2},
        {"torch._utils", "_rebuild_tensor_v3", Global::rebuildTensorV3},
        {"torch._utils", "_rebuild_parameter", Global::rebuildParameter},
        {"torch._utils", "_rebuild_parameter_with_state", Global::rebuildParameterWithState},
        {"torch.storage", "UntypedStorage", Global::untypedStorage},
        {"torch.serialization", "_get_layout", Global::layout},
        {"torch", "Size", Global::size},
        {"torch", "device", Global::device},
        {"_codecs", "encode", Global::encode}};
    for (const auto& [itsModule, itsName, global] : known)
        if (module == itsModule && name == itsName)
            return GlobalValue{global, std::nullopt};
    if (module == "torch" || module == "torch.cuda")
        if (const auto type = storageType(name))
            return GlobalValue{name.ends_with("Storage") ? Global::storage : Global::type, type};
    return std::nullopt;
}

} // namespace earmark::neural
