using System.Text;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Fields;

/// <summary>Which field a key stands for, and how far it is from the canonical spelling: 0 that itself, 1 another spelling of it, then the aliases.</summary>
internal static class KeyTable
{
    /// <summary>Longer joined keys are unknown.</summary>
    internal const int LongestKey = 48;

    private const int RankBits = 8;

    private static readonly byte[][] NormalisedNames = [.. FieldTable.All.Select(info => Encoding.ASCII.GetBytes(Normalise(info)))];
    private static readonly ByteKeyMap Exact = new(FieldTable.All.Select(info => (Encoding.ASCII.GetBytes(info.Name), Pack(info, 0))));
    private static readonly ByteKeyMap Normalised = new(FieldTable.All.SelectMany(Spellings));

    /// <summary>A field's name as <see cref="KeyText"/> leaves it.</summary>
    internal static ReadOnlySpan<byte> NormalisedName(Field field) => NormalisedNames[(int)field];

    /// <summary>Finds a canonical key by its exact spelling, outside nested objects.</summary>
    internal static bool TryFindExact(ReadOnlySpan<byte> name, out Field field)
    {
        var isFound = Exact.TryFind(name, out var packed);
        field = (Field)(packed >> RankBits);
        return isFound;
    }

    /// <summary>Finds a field by a key as <see cref="KeyText"/> leaves it.</summary>
    internal static bool TryFind(ReadOnlySpan<byte> key, out Field field, out byte rank)
    {
        var isFound = Normalised.TryFind(key, out var packed);
        field = (Field)(packed >> RankBits);
        rank = (byte)packed;
        return isFound;
    }

    private static IEnumerable<(byte[] Key, int Value)> Spellings(FieldInfo info) =>
        info.Aliases.Prepend(Normalise(info))
            .Select((alias, index) => (Encoding.ASCII.GetBytes(alias), Pack(info, index + 1)));

    private static string Normalise(FieldInfo info) => info.Name.Replace("_", "", StringComparison.Ordinal);

    private static int Pack(FieldInfo info, int rank) => ((int)info.Field << RankBits) | rank;
}
