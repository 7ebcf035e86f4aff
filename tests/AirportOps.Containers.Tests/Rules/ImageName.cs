using System.Text.RegularExpressions;

namespace AirportOps.Containers.Tests.Rules;

/// <summary>Names of images.</summary>
internal static partial class ImageName
{
    /// <summary>Whether a name stays what it is: by digest, or by a version down to the patch. PostgreSQL's versions have two parts.</summary>
    internal static bool IsPinned(string image) => Pinned().IsMatch(image);

    [GeneratedRegex(@"(@sha256:[0-9a-f]{64}|:\d+\.\d+\.\d+[a-z0-9.-]*|^postgres:\d+\.\d+[a-z0-9.-]*)$")]
    private static partial Regex Pinned();
}
