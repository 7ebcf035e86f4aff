using AirportOps.Lake;
using AirportOps.Pipeline.Silver;

namespace AirportOps.Pipeline.Windows;

/// <summary>An object that is not in the lake, or not as large, as a manifest says.</summary>
/// <param name="Manifest">The manifest that names it.</param>
/// <param name="Named">What it says of the object.</param>
/// <param name="Bytes">The object's size in the lake; null where it is missing.</param>
public sealed record OddObject(WindowManifest Manifest, WindowObject Named, long? Bytes)
{
    /// <summary>Lists the lake for all objects that manifests name: sizes cost a request for a thousand objects.</summary>
    /// <returns>Of each manifest with such an object the first one by key.</returns>
    internal static async Task<IReadOnlyList<OddObject>> FindAsync(
        ILake lake, IReadOnlyCollection<WindowManifest> manifests, CancellationToken cancellationToken)
    {
        var sizes = manifests.SelectMany(manifest => manifest.ObjectKeys()).Distinct(StringComparer.Ordinal)
            .ToDictionary(key => key, _ => (long?)null, StringComparer.Ordinal);
        foreach (var prefix in ObjectName.Prefixes)
        {
            await foreach (var found in lake.ListAsync(prefix, null, cancellationToken).ConfigureAwait(false))
            {
                if (sizes.ContainsKey(found.Key))
                {
                    sizes[found.Key] = found.Bytes;
                }
            }
        }

        return
        [
            .. from manifest in manifests
               let odd = manifest.Objects().Where(named => sizes[named.Key] != named.Bytes)
                   .MinBy(named => named.Key, StringComparer.Ordinal)
               where odd is not null
               select new OddObject(manifest, odd, sizes[odd.Key]),
        ];
    }
}
