using AirportOps.Reliability;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Who the server runs as. PostgreSQL refuses root, so root's server runs as an account without rights; anybody else's as themselves.</summary>
internal sealed class ServerAccount
{
    private static readonly string[] Unprivileged = ["postgres", "nobody"];

    private readonly string? _user;
    private readonly string _group;

    private ServerAccount(string name, string? user, string group) => (Name, _user, _group) = (name, user, group);

    internal string Name { get; }

    /// <summary>Whether it is another account than the process's own.</summary>
    internal bool IsAnother => _user is not null;

    /// <summary>
    /// The account for the process's own: itself, or for root the owner of the data folder. Which accounts there are decides for a new cluster only: PostgreSQL's
    /// package brings one, and a cluster that was made before it came stays with whom it belongs to.
    /// </summary>
    /// <param name="dataFolder">The cluster's data; null for a new cluster.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="WarehouseException">Root, and the folder is root's, or there is no account that fits.</exception>
    internal static async Task<ServerAccount> ForAsync(string? dataFolder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(Environment.UserName, null, "");
        }

        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        return dataFolder is null ? ForNew(accounts) : await OwnerOfAsync(dataFolder, accounts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a program as this account.</summary>
    internal Task<CommandResult> RunAsync(IReadOnlyList<string> words, string workingDirectory, CancellationToken cancellationToken) =>
        Command.RunAsync(
            _user is null ? words : ["setpriv", "--reuid", _user, "--regid", _group, "--clear-groups", "--", .. words],
            workingDirectory,
            cancellationToken);

    /// <summary>Whether the account can enter a folder.</summary>
    internal async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken) =>
        (await RunAsync(["test", "-x", folder], "/", cancellationToken).ConfigureAwait(false)).Succeeded;

    /// <summary>Makes a file this account's, if there is one: a restored one may be root's.</summary>
    internal async Task OwnAsync(string file, CancellationToken cancellationToken)
    {
        if (_user is not null && File.Exists(file))
        {
            await Command.RunAsync(["chown", $"{_user}:{_group}", file], "/", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates a folder that only this account (and root) can enter; one that is there becomes so.</summary>
    /// <exception cref="WarehouseException">It can't be.</exception>
    internal async Task CreatePrivateFolderAsync(string folder, CancellationToken cancellationToken)
    {
        if (await TryCreatePrivateFolderAsync(folder, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            throw new WarehouseException($"{folder} can't be made a private folder of {Name}: {reason}.", Fault.Operator, null);
        }
    }

    /// <returns>Null, or why it can't be.</returns>
    internal async Task<string?> TryCreatePrivateFolderAsync(string folder, CancellationToken cancellationToken)
    {
        if (new FileInfo(folder).LinkTarget is not null)
        {
            return "it is a symbolic link, which somebody else may own; remove it";
        }

        string[] owner = _user is null ? [] : ["-o", _user, "-g", _group];
        var made = await Command.RunAsync(["install", "-d", "-m", "700", .. owner, folder], "/", cancellationToken).ConfigureAwait(false);
        return made.Succeeded ? null : made.LastLine;
    }

    private static ServerAccount ForNew(List<string[]> accounts)
    {
        foreach (var name in Unprivileged)
        {
            if (accounts.Find(fields => fields[0] == name) is { } fields)
            {
                return new ServerAccount(name, fields[2], fields[3]);
            }
        }

        throw new WarehouseException(
            $"PostgreSQL does not run as root, and there is no account {string.Join(" or ", Unprivileged)}. Create one, or start as another user.", Fault.Operator, null);
    }

    private static async Task<ServerAccount> OwnerOfAsync(string dataFolder, List<string[]> accounts, CancellationToken cancellationToken)
    {
        var owner = await Command.RunAsync(["stat", "-L", "-c", "%u %g", dataFolder], "/", cancellationToken).ConfigureAwait(false);
        if (!owner.Succeeded || owner.Printed.Split(' ') is not [var user, var group])
        {
            throw new WarehouseException($"The owner of {dataFolder} can't be read: {owner.LastLine}.", Fault.Operator, null);
        }

        if (user == "0")
        {
            var another = ForNew(accounts).Name;
            throw new WarehouseException(
                $"The local warehouse's cluster {dataFolder} belongs to root, as which PostgreSQL does not run. Give it to an account that it may run as: chown -R {another}: '{dataFolder}'",
                Fault.Operator,
                null);
        }

        return new ServerAccount(accounts.Find(fields => fields[2] == user)?[0] ?? user, user, group);
    }
}
