using AirportOps.Streams.Leases;

namespace AirportOps.Conformance;

/// <summary>What every store of leases must do; a backend's test project inherits it.</summary>
public abstract class LeaseStoreConformanceTests
{
    private const string Key = "lake#stream/silver/shard-1";

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes a store that is new and empty.</summary>
    protected abstract Task<ILeaseStore> CreateStoreAsync();

    [Fact]
    public async Task A_lease_that_does_not_exist_is_taken_by_one_worker_only()
    {
        var store = await ReadyAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => store.TryTakeAsync(Key, null, $"worker-{n}", Token)));

        Assert.Single(taken, isTaken => isTaken);
        Assert.Equal($"worker-{Array.IndexOf(taken, true)}", (await OneAsync(store)).Owner);
    }

    [Fact]
    public async Task A_lease_is_taken_as_it_was_seen_or_not_at_all()
    {
        var store = await ReadyAsync();
        await store.TryTakeAsync(Key, null, "a", Token);
        var seen = await OneAsync(store);

        await store.TryRenewAsync(Key, "a", Token);

        Assert.False(await store.TryTakeAsync(Key, seen, "b", Token));
        Assert.True(await store.TryTakeAsync(Key, await OneAsync(store), "b", Token));
        Assert.Equal("b", (await OneAsync(store)).Owner);
    }

    [Fact]
    public async Task A_renewal_counts_up_and_is_the_owners_alone()
    {
        var store = await ReadyAsync();
        await store.TryTakeAsync(Key, null, "a", Token);
        var before = await OneAsync(store);

        var renewed = await store.TryRenewAsync(Key, "a", Token);

        Assert.Equal((before.Counter + 1, "a"), (renewed!.Counter, renewed.Owner));
        Assert.Null(await store.TryRenewAsync(Key, "b", Token));
        Assert.Null(await store.TryRenewAsync("another", "a", Token));
        Assert.Equal(renewed, await OneAsync(store));
    }

    [Fact]
    public async Task One_worker_may_ask_for_a_lease_and_the_owner_learns_of_it_when_it_renews()
    {
        var store = await ReadyAsync();
        await store.TryTakeAsync(Key, null, "a", Token);
        var seen = await OneAsync(store);

        Assert.True(await store.TryAskAsync(seen, "b", Token));
        Assert.False(await store.TryAskAsync(seen, "c", Token));

        // Asking does not look like a renewal: who waits for the owner to expire still does.
        Assert.Equal((seen.Counter, "a", "b"), ((await OneAsync(store)).Counter, (await OneAsync(store)).Owner, (await OneAsync(store)).WantedBy));
        Assert.Equal("b", (await store.TryRenewAsync(Key, "a", Token))!.WantedBy);
        await store.WithdrawAsync(Key, "c", Token);
        Assert.Equal("b", (await OneAsync(store)).WantedBy);
        await store.WithdrawAsync(Key, "b", Token);
        Assert.Null((await OneAsync(store)).WantedBy);
    }

    [Fact]
    public async Task A_lease_is_asked_of_the_owner_that_was_seen()
    {
        var store = await ReadyAsync();
        await store.TryTakeAsync(Key, null, "a", Token);
        var seen = await OneAsync(store);
        await store.TryTakeAsync(Key, seen, "b", Token);

        Assert.False(await store.TryAskAsync(seen, "c", Token));
    }

    [Fact]
    public async Task A_lease_given_up_is_free_or_its_successors()
    {
        var store = await ReadyAsync();
        await store.TryTakeAsync(Key, null, "a", Token);
        await store.TryAskAsync(await OneAsync(store), "b", Token);

        Assert.False(await store.TryReleaseAsync(Key, "c", null, isEnded: false, Token));
        Assert.True(await store.TryReleaseAsync(Key, "a", "b", isEnded: false, Token));
        Assert.Equal(("b", null), ((await OneAsync(store)).Owner, (await OneAsync(store)).WantedBy));
        Assert.Null(await store.TryRenewAsync(Key, "a", Token));
        Assert.NotNull(await store.TryRenewAsync(Key, "b", Token));

        Assert.True(await store.TryReleaseAsync(Key, "b", null, isEnded: false, Token));
        var free = await OneAsync(store);
        Assert.Null(free.Owner);
        Assert.True(await store.TryTakeAsync(Key, free, "c", Token));
    }

    [Fact]
    public async Task A_lease_that_has_ended_is_taken_by_nobody_until_it_is_opened_again()
    {
        var store = await ReadyAsync();
        await store.TryTakeAsync(Key, null, "a", Token);
        await store.TryReleaseAsync(Key, "a", "b", isEnded: true, Token);
        var ended = await OneAsync(store);

        Assert.Equal((true, null), (ended.IsEnded, ended.Owner));
        Assert.False(await store.TryTakeAsync(Key, ended, "b", Token));
        Assert.True(await store.TryReopenAsync(ended, Token));
        Assert.False(await store.TryReopenAsync(ended, Token));
        Assert.True(await store.TryTakeAsync(Key, await OneAsync(store), "b", Token));
    }

    [Fact]
    public async Task A_lease_is_deleted_as_it_was_seen_or_not_at_all()
    {
        var store = await ReadyAsync();
        await store.TryTakeAsync(Key, null, "a", Token);
        var seen = await OneAsync(store);
        await store.TryRenewAsync(Key, "a", Token);

        await store.DeleteAsync(seen, Token);
        Assert.Equal("a", (await OneAsync(store)).Owner);

        await store.DeleteAsync(await OneAsync(store), Token);
        Assert.Empty(await store.ListAsync(string.Empty, Token));
    }

    [Fact]
    public async Task Leases_are_listed_by_what_their_keys_begin_with_however_many_there_are()
    {
        const int Leases = 150;
        var store = await ReadyAsync();
        var worker = new string('w', 200);
        foreach (var number in Enumerable.Range(0, Leases))
        {
            await store.TryTakeAsync($"lake#stream/silver/{number}", null, worker, Token);
        }

        await store.TryTakeAsync("lake#stream/bronze/1", null, "a", Token);

        Assert.Equal(
            Enumerable.Range(0, Leases).Select(number => $"lake#stream/silver/{number}").Order(StringComparer.Ordinal),
            (await store.ListAsync("lake#stream/silver/", Token)).Select(lease => lease.Key).Order(StringComparer.Ordinal));
        Assert.Empty(await store.ListAsync("lake#other/", Token));
    }

    private static async Task<Lease> OneAsync(ILeaseStore store) => Assert.Single(await store.ListAsync(string.Empty, Token));

    private async Task<ILeaseStore> ReadyAsync()
    {
        var store = await CreateStoreAsync();
        await store.EnsureReadyAsync(Token);
        return store;
    }
}
