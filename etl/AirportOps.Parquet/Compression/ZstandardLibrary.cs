using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Compression;

/// <summary>The part of libzstd's stable interface (zstd.h, 1.0 and later) that whole pages need.</summary>
/// <remarks>
/// Called by address and not through imports: of two threads that make an import's first call at once, the runtime lets one give its handle back, and an import
/// resolver that hands out one handle to both has the library unloaded under the other. That ended one run in three of <c>clean --codec zstd</c>.
/// </remarks>
internal sealed unsafe class ZstandardLibrary
{
    private readonly delegate* unmanaged<nint> _createContext;
    private readonly delegate* unmanaged<nint, nuint> _freeContext;
    private readonly delegate* unmanaged<nuint, nuint> _compressBound;
    private readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, int, nuint> _compress;
    private readonly delegate* unmanaged<byte*, nuint, byte*, nuint, nuint> _decompress;
    private readonly delegate* unmanaged<nuint, uint> _isError;

    private ZstandardLibrary(nint handle)
    {
        _createContext = (delegate* unmanaged<nint>)NativeLibrary.GetExport(handle, "ZSTD_createCCtx");
        _freeContext = (delegate* unmanaged<nint, nuint>)NativeLibrary.GetExport(handle, "ZSTD_freeCCtx");
        _compressBound = (delegate* unmanaged<nuint, nuint>)NativeLibrary.GetExport(handle, "ZSTD_compressBound");
        _compress = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, int, nuint>)NativeLibrary.GetExport(handle, "ZSTD_compressCCtx");
        _decompress = (delegate* unmanaged<byte*, nuint, byte*, nuint, nuint>)NativeLibrary.GetExport(handle, "ZSTD_decompress");
        _isError = (delegate* unmanaged<nuint, uint>)NativeLibrary.GetExport(handle, "ZSTD_isError");
    }

    /// <summary>The file that the system's loader is asked for. The number is that of the binary interface, so no development package is needed.</summary>
    internal static string FileName =>
        OperatingSystem.IsWindows() ? "libzstd.dll" : OperatingSystem.IsMacOS() ? "libzstd.1.dylib" : "libzstd.so.1";

    /// <summary>The library, loaded once and for the life of the process; null where there is none.</summary>
    internal static ZstandardLibrary? Loaded { get; } = Load(FileName);

    /// <summary>The library for those who have asked before whether it is there.</summary>
    internal static ZstandardLibrary Needed => Loaded ?? throw new InvalidOperationException($"{FileName} was not asked for before it was used.");

    /// <summary>Loads a library; null where there is none.</summary>
    internal static ZstandardLibrary? Load(string fileName) => NativeLibrary.TryLoad(fileName, out var handle) ? new ZstandardLibrary(handle) : null;

    internal nint CreateContext() => _createContext();

    internal nuint FreeContext(nint context) => _freeContext(context);

    internal nuint CompressBound(nuint size) => _compressBound(size);

    /// <param name="context">Not released before this returns.</param>
    /// <param name="target">Takes the frame.</param>
    /// <param name="capacity">Bytes of the target.</param>
    /// <param name="source">What is compressed.</param>
    /// <param name="size">Bytes of the source.</param>
    /// <param name="level">1…22.</param>
    /// <returns>Bytes written, or an error.</returns>
    internal nuint Compress(ZstandardContext context, byte* target, nuint capacity, byte* source, nuint size, int level)
    {
        var isHeld = false;
        try
        {
            context.DangerousAddRef(ref isHeld);
            return _compress(context.DangerousGetHandle(), target, capacity, source, size, level);
        }
        finally
        {
            if (isHeld)
            {
                context.DangerousRelease();
            }
        }
    }

    internal nuint Decompress(byte* target, nuint capacity, byte* source, nuint size) => _decompress(target, capacity, source, size);

    internal bool IsError(nuint code) => _isError(code) != 0;
}
