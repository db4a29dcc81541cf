// The one exported symbol of the module behind the door (engine/compute/module.h).
#include "engine/compute/compute.h"
#include "engine/compute/module.h"
#include "engine/neural/torch_compute.h"

extern "C" __attribute__((visibility("default"))) earmark::Compute* earmark_create_compute(int interfaceVersion,
                                                                                          earmark::LogSink sink)
{
    if (interfaceVersion != earmark::computeInterfaceVersion)
        return nullptr;
    earmark::setLogSink(std::move(sink)); // this module has its own copy of engine/base
    return new earmark::neural::TorchCompute;
}
