using System.Reflection;
using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Compression;

/// <summary>The part of libzstd's stable interface (zstd.h, 1.0 and later) that whole pages need.</summary>
internal static unsafe partial class ZstandardLibrary
{
    private const string Name = "zstd";

    private static readonly nint Handle = Load(FileName);

    static ZstandardLibrary() => NativeLibrary.SetDllImportResolver(typeof(ZstandardLibrary).Assembly, Resolve);

    /// <summary>The file that the system's loader is asked for. The number is that of the binary interface, so no development package is needed.</summary>
    internal static string FileName =>
        OperatingSystem.IsWindows() ? "libzstd.dll" : OperatingSystem.IsMacOS() ? "libzstd.1.dylib" : "libzstd.so.1";

    internal static bool IsLoaded => Handle != 0;

    /// <summary>The library's handle, or 0 where there is none.</summary>
    internal static nint Load(string fileName) => NativeLibrary.TryLoad(fileName, out var handle) ? handle : 0;

    [LibraryImport(Name, EntryPoint = "ZSTD_createCCtx")]
    internal static partial nint CreateContext();

    [LibraryImport(Name, EntryPoint = "ZSTD_freeCCtx")]
    internal static partial nuint FreeContext(nint context);

    [LibraryImport(Name, EntryPoint = "ZSTD_compressBound")]
    internal static partial nuint CompressBound(nuint size);

    [LibraryImport(Name, EntryPoint = "ZSTD_compressCCtx")]
    internal static partial nuint Compress(ZstandardContext context, byte* target, nuint capacity, byte* source, nuint size, int level);

    [LibraryImport(Name, EntryPoint = "ZSTD_decompress")]
    internal static partial nuint Decompress(byte* target, nuint capacity, byte* source, nuint size);

    [LibraryImport(Name, EntryPoint = "ZSTD_isError")]
    internal static partial uint IsError(nuint code);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Name ? Handle : 0;
}
