# Finds LibTorch as the `torch` wheel or the LibTorch archive lays it out, without its own TorchConfig.cmake: that one asks for nvcc and the CUDA
# toolkit as soon as the library was built with CUDA, though nothing here is compiled with either.
#
#   LIBTORCH_PREFIX   folder with include/ and lib/ (cache variable or environment); else the place where packaging/setup unpacks the wheel
#
# Defines LibTorch_FOUND, LibTorch_VERSION, LibTorch_LIBRARY_DIR, LibTorch_WITH_CUDA and the imported target LibTorch::LibTorch.
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

find_path(LibTorch_INCLUDE_DIR ATen/ATen.h HINTS ${_hints} PATH_SUFFIXES include NO_DEFAULT_PATH)
find_path(LibTorch_API_INCLUDE_DIR torch/torch.h HINTS ${_hints} PATH_SUFFIXES include/torch/csrc/api/include NO_DEFAULT_PATH)
find_library(LibTorch_LIBRARY torch HINTS ${_hints} PATH_SUFFIXES lib NO_DEFAULT_PATH)
find_library(LibTorch_CPU_LIBRARY torch_cpu HINTS ${_hints} PATH_SUFFIXES lib NO_DEFAULT_PATH)
find_library(LibTorch_C10_LIBRARY c10 HINTS ${_hints} PATH_SUFFIXES lib NO_DEFAULT_PATH)
find_library(LibTorch_CUDA_LIBRARY torch_cuda HINTS ${_hints} PATH_SUFFIXES lib NO_DEFAULT_PATH)

# The version stands in one of two headers: torch/headeronly since 2.9, the C++ frontend before.
foreach(_header "${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h" "${LibTorch_API_INCLUDE_DIR}/torch/version.h")
    if(EXISTS "${_header}" AND NOT LibTorch_VERSION)
        file(READ "${_header}" _text)
        foreach(_part MAJOR MINOR PATCH)
            if(_text MATCHES "#define TORCH_VERSION_${_part} ([0-9]+)")
                list(APPEND _version "${CMAKE_MATCH_1}")
            endif()
        endforeach()
        list(JOIN _version "." LibTorch_VERSION)
    endif()
endforeach()

find_package_handle_standard_args(LibTorch
    REQUIRED_VARS LibTorch_LIBRARY LibTorch_CPU_LIBRARY LibTorch_C10_LIBRARY LibTorch_INCLUDE_DIR LibTorch_API_INCLUDE_DIR
    VERSION_VAR LibTorch_VERSION
    REASON_FAILURE_MESSAGE "run packaging/setup, or give -DLIBTORCH_PREFIX=… (2.7 or newer)")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
    get_filename_component(LibTorch_LIBRARY_DIR "${LibTorch_LIBRARY}" DIRECTORY)
    set(LibTorch_WITH_CUDA OFF)
    add_library(LibTorch::c10 SHARED IMPORTED)
    set_target_properties(LibTorch::c10 PROPERTIES IMPORTED_LOCATION "${LibTorch_C10_LIBRARY}")
    add_library(LibTorch::torch_cpu SHARED IMPORTED)
    set_target_properties(LibTorch::torch_cpu PROPERTIES IMPORTED_LOCATION "${LibTorch_CPU_LIBRARY}")
    add_library(LibTorch::LibTorch INTERFACE IMPORTED)
    set_target_properties(LibTorch::LibTorch PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${LibTorch_INCLUDE_DIR};${LibTorch_API_INCLUDE_DIR}"
        INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${LibTorch_INCLUDE_DIR};${LibTorch_API_INCLUDE_DIR}")
    target_link_libraries(LibTorch::LibTorch INTERFACE LibTorch::torch_cpu LibTorch::c10)
    if(LibTorch_CUDA_LIBRARY)
        # Nothing names a symbol of it: kept by force, since it registers the CUDA kernels when it is loaded.
        set(LibTorch_WITH_CUDA ON)
        target_link_options(LibTorch::LibTorch INTERFACE "-Wl,--no-as-needed,${LibTorch_CUDA_LIBRARY},--as-needed")
    endif()
endif()
