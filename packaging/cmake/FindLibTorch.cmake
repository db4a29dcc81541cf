# Finds LibTorch as the `torch` wheel or the LibTorch archive lays it out, without its own TorchConfig.cmake: that one asks for nvcc and the CUDA
# toolkit as soon as the library was built with CUDA, though nothing here is compiled with either.
#
#   LIBTORCH_PREFIX   folder with include/ and lib/ (cache variable or environment); else the place where packaging/setup unpacks the wheel
#
# Defines LibTorch_FOUND, LibTorch_VERSION, LibTorch_LIBRARY_DIR, LibTorch_WITH_CUDA and the imported target LibTorch::LibTorch.
#
# libtorch.so itself has no code: it only names libtorch_cpu.so and, in a CUDA build, libtorch_cuda.so, which registers its kernels when it is
# loaded. Linking it by force is what lets another build of LibTorch be put in the place of this one under a finished program.
include(FindPackageHandleStandardArgs)

set(_cache "$ENV{XDG_CACHE_HOME}")
if(NOT _cache)
    set(_cache "$ENV{HOME}/.cache")
endif()
set(LIBTORCH_PREFIX "$ENV{LIBTORCH_PREFIX}" CACHE PATH "Folder of LibTorch, with include/ and lib/")
set(_hints ${LIBTORCH_PREFIX})
if(NOT _hints)
    set(_hints "${_cache}/earmark/libtorch")
endif()

foreach(_name torch torch_cpu c10)
    find_library(LibTorch_${_name}_LIBRARY ${_name} HINTS ${_hints} PATH_SUFFIXES lib NO_DEFAULT_PATH)
endforeach()
find_path(LibTorch_INCLUDE_DIR ATen/ATen.h HINTS ${_hints} PATH_SUFFIXES include NO_DEFAULT_PATH)
find_path(LibTorch_API_INCLUDE_DIR torch/torch.h HINTS ${_hints} PATH_SUFFIXES include/torch/csrc/api/include NO_DEFAULT_PATH)

# The version stands in one of two headers: torch/headeronly since 2.9, the C++ frontend before.
foreach(_header "${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h" "${LibTorch_API_INCLUDE_DIR}/torch/version.h")
    if(EXISTS "${_header}" AND NOT LibTorch_VERSION)
        file(READ "${_header}" _text)
        set(_version)
        foreach(_part MAJOR MINOR PATCH)
            if(_text MATCHES "#define TORCH_VERSION_${_part} ([0-9]+)")
                list(APPEND _version "${CMAKE_MATCH_1}")
            endif()
        endforeach()
        list(JOIN _version "." LibTorch_VERSION)
    endif()
endforeach()

# Builds before 2.7 were often made with the C++ ABI of GCC 4, where std::string is another type: nothing would link, and nothing would say why.
if(LibTorch_c10_LIBRARY AND NOT LibTorch_ABI_CHECKED STREQUAL LibTorch_c10_LIBRARY)
    set(_probe "${CMAKE_BINARY_DIR}/CMakeFiles/libtorch_abi")
    file(WRITE "${_probe}/probe.cpp" "#include <string>
namespace c10::detail { [[noreturn]] void torchCheckFail(const char*, const char*, unsigned, const std::string&); }
int main(int argc, char** argv) { if (argc > 9) c10::detail::torchCheckFail(argv[0], argv[0], 0u, std::string()); }
")
    try_compile(_abi_fits "${_probe}" SOURCES "${_probe}/probe.cpp" LINK_LIBRARIES "${LibTorch_c10_LIBRARY}" -Wl,--allow-shlib-undefined
        OUTPUT_VARIABLE _abi_output CXX_STANDARD 20)
    if(_abi_fits)
        set(LibTorch_ABI_CHECKED "${LibTorch_c10_LIBRARY}" CACHE INTERNAL "The LibTorch whose C++ ABI is known to be this compiler's")
    else()
        set(LibTorch_FAILURE "${LibTorch_c10_LIBRARY} does not link with ${CMAKE_CXX_COMPILER}: it was built for another machine or with the C++ ABI from before C++11, so take LibTorch 2.7 or newer")
        file(APPEND "${CMAKE_BINARY_DIR}/CMakeFiles/CMakeError.log" "The ABI of LibTorch:\n${_abi_output}\n")
    endif()
endif()

if(LibTorch_FAILURE)
    set(LibTorch_ABI_FITS OFF)
else()
    set(LibTorch_ABI_FITS ON)
    set(LibTorch_FAILURE "run packaging/setup, or give -DLIBTORCH_PREFIX=… (LibTorch 2.7 or newer)")
endif()
find_package_handle_standard_args(LibTorch
    REQUIRED_VARS LibTorch_torch_LIBRARY LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY LibTorch_INCLUDE_DIR LibTorch_API_INCLUDE_DIR LibTorch_ABI_FITS
    VERSION_VAR LibTorch_VERSION
    REASON_FAILURE_MESSAGE "${LibTorch_FAILURE}")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
    cmake_path(GET LibTorch_torch_LIBRARY PARENT_PATH LibTorch_LIBRARY_DIR)
    set(LibTorch_WITH_CUDA OFF)
    if(EXISTS "${LibTorch_LIBRARY_DIR}/libtorch_cuda.so")
        set(LibTorch_WITH_CUDA ON)
    endif()
    add_library(LibTorch::LibTorch INTERFACE IMPORTED)
    target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE "${LibTorch_INCLUDE_DIR}" "${LibTorch_API_INCLUDE_DIR}")
    foreach(_name torch_cpu c10)
        add_library(LibTorch::${_name} SHARED IMPORTED)
        set_target_properties(LibTorch::${_name} PROPERTIES IMPORTED_LOCATION "${LibTorch_${_name}_LIBRARY}")
        target_link_libraries(LibTorch::LibTorch INTERFACE LibTorch::${_name})
    endforeach()
    # CUDA's own libraries may be missing on the machine that builds; the loader looks for them on the one that runs.
    target_link_options(LibTorch::LibTorch INTERFACE
        "-Wl,--no-as-needed,${LibTorch_torch_LIBRARY},--as-needed" -Wl,--allow-shlib-undefined)
endif()
