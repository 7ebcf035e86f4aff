using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>
/// Writes what no field took as a JSON object: keys and values as they came, in their order and nesting, without the members that were used,
/// without nulls, and without objects that this left empty.
/// </summary>
internal sealed class ExtrasWriter(Workspace workspace)
{
    private bool[] _isKept = new bool[64];

    /// <summary>Writes the extras of an event into the workspace.</summary>
    /// <param name="document">The event.</param>
    /// <param name="used">A bit for each field whose supplier was used.</param>
    /// <param name="isSuspect">Whether the event may hold ill-formed characters.</param>
    /// <param name="isRepaired">Whether an ill-formed character was replaced in what is kept.</param>
    /// <returns>The object; null when nothing is left.</returns>
    internal Slice? Write(EventDocument document, ulong used, bool isSuspect, out bool isRepaired)
    {
        isRepaired = false;
        if (!Choose(document, used))
        {
            return null;
        }

        var start = workspace.Length;
        var copiesCarefully = isSuspect || document.HasTrailingComma || JsonText.MayHoldSurrogateEscape(workspace[document.Bytes]);
        var members = document.Members;
        var parent = -1;
        var isFirst = true;
        workspace.Append((byte)'{');
        for (var i = 0; i < members.Length; i++)
        {
            if (!_isKept[i])
            {
                continue;
            }

            ref readonly var member = ref members[i];
            for (; parent != member.Parent; parent = members[parent].Parent)
            {
                workspace.Append((byte)'}');
                isFirst = false;
            }

            if (!isFirst)
            {
                workspace.Append((byte)',');
            }

            Copy(new Slice(member.NameStart, member.NameEnd - member.NameStart), copiesCarefully, ref isRepaired);
            workspace.Append((byte)':');
            isFirst = member.IsContainer;
            if (member.IsContainer)
            {
                workspace.Append((byte)'{');
                parent = i;
            }
            else
            {
                Copy(new Slice(member.ValueStart, member.ValueEnd - member.ValueStart), copiesCarefully, ref isRepaired);
            }
        }

        for (; parent >= 0; parent = members[parent].Parent)
        {
            workspace.Append((byte)'}');
        }

        workspace.Append((byte)'}');
        return new Slice(start, workspace.Length - start);
    }

    /// <summary>Marks the members to keep: from the last to the first, so that an object learns of its members before its turn.</summary>
    private bool Choose(EventDocument document, ulong used)
    {
        var members = document.Members;
        if (_isKept.Length < members.Length)
        {
            _isKept = new bool[Math.Max(members.Length, 2 * _isKept.Length)];
        }

        Array.Clear(_isKept, 0, members.Length);
        var isAnyKept = false;
        for (var i = members.Length - 1; i >= 0; i--)
        {
            ref readonly var member = ref members[i];
            _isKept[i] |= member.IsContainer
                ? member.IsEmpty
                : member.Field == Member.NoField || (used & FieldTable.Bit(member.Field)) == 0 || !document.IsSupplier(i, member.Field);
            if (_isKept[i])
            {
                isAnyKept = true;
                if (member.Parent >= 0)
                {
                    _isKept[member.Parent] = true;
                }
            }
        }

        return isAnyKept;
    }

    private void Copy(Slice json, bool carefully, ref bool isRepaired)
    {
        var destination = workspace.Reserve(carefully ? JsonText.Growth * json.Length : json.Length);
        if (carefully)
        {
            workspace.Commit(JsonText.CopyJson(workspace[json], destination, ref isRepaired));
        }
        else
        {
            workspace[json].CopyTo(destination);
            workspace.Commit(json.Length);
        }
    }
}
