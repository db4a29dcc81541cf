// Where tensors on the CPU have their memory from. Thread: any.
#pragma once

namespace earmark::neural
{

/// From now on tensors of 1 MiB and more come out of a BlockCache, smaller ones from LibTorch's own allocator as before. Once a process; tensors that
/// are there keep what they have.
void installAllocator();

/// Gives what is free back to the kernel: after a long job.
void trimAllocator();

} // namespace earmark::neural
