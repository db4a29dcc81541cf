// Intel's vector functions, made ready. MKL chooses the kernel of each function at its first call, and where threads make that call together, one of
// them may run a kernel of low accuracy (four digits) for its share: https://github.com/pytorch/pytorch/issues/188792.
// Thread: the executor's, before its first job; no other may compute yet.
#pragma once

namespace earmark::neural
{

/// Calls each function that LibTorch takes from MKL once, from one thread.
void readyVectorMath();

} // namespace earmark::neural
