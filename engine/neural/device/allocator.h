// Where tensors on the CPU have their memory from. Thread: any.
#pragma once

namespace earmark::neural
{

/// From now on tensors of 1 MiB and more come out of a BlockCache, smaller ones from LibTorch's own allocator as before. Once a process; tensors that
/// are there keep what they have.
void installAllocator();

/// Gives the blocks that no tensor has back to the kernel: after each job.
void trimAllocator();

} // namespace earmark::neural
