using Microsoft.Win32.SafeHandles;

namespace AirportOps.Parquet.Compression;

/// <summary>libzstd's working memory of compression, about 1 MiB, kept from page to page.</summary>
internal sealed class ZstandardContext : SafeHandleZeroOrMinusOneIsInvalid
{
    public ZstandardContext()
        : base(ownsHandle: true) => SetHandle(ZstandardLibrary.Needed.CreateContext());

    protected override bool ReleaseHandle() => ZstandardLibrary.Needed.FreeContext(handle) == 0;
}
