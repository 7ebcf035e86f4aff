using System.Text;
using System.Text.Json;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Json;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Profiles;

/// <summary>
/// The profiles of sources, found by the name of a source or by the keys of an event. Those that ship are data, <c>profiles.json</c>; a file of the same
/// form adds others, which come first. Immutable; safe for any number of threads.
/// </summary>
public sealed class SourceProfiles
{
    private const int MostMarks = 64;

    private readonly SourceProfile[] _all;
    private readonly ByteKeyMap _bySource;

    private SourceProfiles(IReadOnlyList<SourceProfileEntry> entries, string version)
    {
        Version = version;
        var marks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in entries.SelectMany(entry => entry.Fingerprints).SelectMany(keys => keys))
        {
            marks.TryAdd(key, marks.Count);
        }

        if (marks.Count > MostMarks)
        {
            throw new FormatException($"The fingerprints of all profiles have {marks.Count} different keys; at most {MostMarks} are possible. Use fewer.");
        }

        var keys = KeyMap.OfAll();
        foreach (var (key, mark) in marks)
        {
            keys[key] = keys.GetValueOrDefault(key, new KeyMeaning(Member.NoField, 0, KeyMap.NoMark)) with { Mark = mark };
        }

        Keys = new KeyMap(keys);
        _all = [.. entries.Select(entry => entry.ToProfile(marks))];
        var bySource = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            foreach (var source in entries[i].Sources)
            {
                bySource.TryAdd(source, i);
            }
        }

        _bySource = new ByteKeyMap(bySource.Select(entry => (Encoding.ASCII.GetBytes(entry.Key), entry.Value)));
    }

    /// <summary>The profiles that ship.</summary>
    public static SourceProfiles Default { get; } = new(SourceProfileEntry.Shipped(), "");

    /// <summary>Empty for the profiles that ship; else names the file added, by its content: who cleans with it records it beside the version of the rules.</summary>
    public string Version { get; }

    /// <summary>The names of the profiles, those tried first first.</summary>
    public IReadOnlyList<string> Names => [.. _all.Select(profile => profile.Name)];

    /// <summary>Every key that is known, with marks, for an event whose source is not known yet.</summary>
    internal KeyMap Keys { get; }

    /// <summary>Adds the profiles of a file, before those that ship.</summary>
    /// <param name="json">A JSON array of profiles in UTF-8, as docs/cleaning.md describes it.</param>
    /// <exception cref="FormatException">It is no such array; the message says which profile and what of it.</exception>
    public static SourceProfiles With(ReadOnlyMemory<byte> json)
    {
        const int bytesShown = 4;
        var hash = System.Security.Cryptography.SHA256.HashData(json.Span);
        return new([.. SourceProfileEntry.Read(json), .. SourceProfileEntry.Shipped()], "profiles-" + Convert.ToHexStringLower(hash.AsSpan(0, bytesShown)));
    }

    /// <summary>The profile of an event; null where its source has none.</summary>
    internal SourceProfile? Find(EventDocument document, Workspace workspace)
    {
        if ((document.Given & FieldTable.Bit(Field.Source)) != 0 && FindBySource(document[Field.Source], workspace) is { } bySource)
        {
            return bySource;
        }

        if (document.Marks != 0)
        {
            foreach (var profile in _all)
            {
                foreach (var fingerprint in profile.Fingerprints)
                {
                    if ((document.Marks & fingerprint) == fingerprint)
                    {
                        return profile;
                    }
                }
            }
        }

        return null;
    }

    private SourceProfile? FindBySource(in Member source, Workspace workspace)
    {
        const int longest = 32;
        if (source.Token != JsonTokenType.String || source.ValueEnd - source.ValueStart > longest)
        {
            return null;
        }

        Span<byte> name = stackalloc byte[longest];
        var length = KeyText.Normalise(workspace[new Slice(source.ValueStart + 1, source.ValueEnd - source.ValueStart - 2)], name);
        return length > 0 && _bySource.TryFind(name[..length], out var index) ? _all[index] : null;
    }
}
