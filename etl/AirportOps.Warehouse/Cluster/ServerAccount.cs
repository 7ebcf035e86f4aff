using System.Globalization;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Who the server runs as. PostgreSQL refuses root, so root's server runs as an account without rights; anybody else's as themselves.</summary>
internal sealed class ServerAccount
{
    private static readonly string[] Unprivileged = ["postgres", "nobody"];

    private readonly string? _user;
    private readonly string _group;

    private ServerAccount(string name, string? user, string group) => (Name, _user, _group) = (name, user, group);

    internal string Name { get; }

    /// <summary>The account for the process's own: itself, or for root the first of <c>postgres</c> and <c>nobody</c>.</summary>
    /// <exception cref="WarehouseException">Root, and there is neither.</exception>
    internal static ServerAccount ForThisProcess()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(Environment.UserName, null, "");
        }

        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        foreach (var name in Unprivileged)
        {
            if (accounts.Find(fields => fields[0] == name) is { } fields)
            {
                return new ServerAccount(name, fields[2], fields[3]);
            }
        }

        throw new WarehouseException(
            $"PostgreSQL does not run as root, and there is no account {string.Join(" or ", Unprivileged)}. Create one, or start as another user.",
            false,
            null);
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

    /// <summary>Creates a folder that only this account (and root) can enter; one that is there becomes so.</summary>
    /// <exception cref="WarehouseException">It can't be.</exception>
    internal async Task CreatePrivateFolderAsync(string folder, CancellationToken cancellationToken)
    {
        if (new FileInfo(folder).LinkTarget is not null)
        {
            throw new WarehouseException($"{folder} is a symbolic link, which somebody else may own. Remove it.", false, null);
        }

        string[] owner = _user is null ? [] : ["-o", _user, "-g", _group];
        var made = await Command.RunAsync(["install", "-d", "-m", "700", .. owner, folder], "/", cancellationToken).ConfigureAwait(false);
        if (!made.Succeeded)
        {
            throw new WarehouseException(
                string.Create(CultureInfo.InvariantCulture, $"{folder} can't be made a private folder of {Name}: {made.LastLine}."), false, null);
        }
    }
}
