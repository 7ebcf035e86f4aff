using System.Text;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Profiles;

/// <summary>Keys as they are compared, with the field they stand for, how far they are from its own name, and the mark by which a source is told.</summary>
internal sealed class KeyMap
{
    /// <summary>No mark has this number.</summary>
    internal const int NoMark = -1;

    private readonly ByteKeyMap _map;

    internal KeyMap(IEnumerable<KeyValuePair<string, KeyMeaning>> keys) => _map = new ByteKeyMap(keys.Select(key =>
        (Encoding.ASCII.GetBytes(key.Key), ((key.Value.Mark + 1) << 16) | ((int)key.Value.Field << 8) | key.Value.Rank)));

    /// <summary>The fields' own names and their aliases, without marks.</summary>
    internal static Dictionary<string, KeyMeaning> OfAll()
    {
        var keys = new Dictionary<string, KeyMeaning>(StringComparer.Ordinal);
        foreach (var info in FieldTable.All)
        {
            keys.Add(Encoding.ASCII.GetString(KeyTable.NormalisedName(info.Field)), new KeyMeaning(info.Field, 1, NoMark));
            for (var i = 0; i < info.Aliases.Length; i++)
            {
                keys.Add(info.Aliases[i], new KeyMeaning(info.Field, (byte)(KeyMeaning.FirstAlias + i), NoMark));
            }
        }

        return keys;
    }

    internal bool TryFind(ReadOnlySpan<byte> key, out KeyMeaning meaning)
    {
        var isFound = _map.TryFind(key, out var packed);
        meaning = isFound ? new KeyMeaning((Field)(byte)(packed >> 8), (byte)packed, (packed >> 16) - 1) : default;
        return isFound;
    }
}

/// <summary>What a key stands for.</summary>
/// <param name="Field">The field; <see cref="Member.NoField"/> for a key that is only a mark.</param>
/// <param name="Rank">1 for another spelling of the field's name, then keys of a source, then aliases, the preferred first.</param>
/// <param name="Mark">The number of the mark; −1 for none.</param>
internal readonly record struct KeyMeaning(Field Field, byte Rank, int Mark)
{
    /// <summary>The rank of the first key of a source.</summary>
    internal const byte FirstOwnKey = 2;

    /// <summary>The rank of the first alias: below it are the field's own spellings and the keys of a source.</summary>
    internal const byte FirstAlias = 32;
}
