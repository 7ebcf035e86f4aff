using System.Net;
using System.Net.Sockets;
using AirportOps.Reliability;
using AirportOps.Warehouse.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests;

/// <summary>Servers that take a connection and can't serve it.</summary>
public sealed class UnservedConnectionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_can_start_no_process_for_a_connection_is_away_and_no_mistake()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = RefuseAsync(listener);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var warehouse = await WarehouseDatabase.OpenAsync(
            $"postgres://me:secret@127.0.0.1:{port}/ops?sslmode=prefer", new LocalClusterOptions(), NullLogger.Instance, Token).WaitAsync(Soon, Token);

        var refused = await Assert.ThrowsAsync<WarehouseException>(() => warehouse.ConnectAsync(Token)).WaitAsync(Soon, Token);

        Assert.Equal(Fault.Outside, refused.Fault);
        listener.Stop();
        await serving.WaitAsync(Soon, Token);
    }

    /// <summary>Answers the request for encryption as PostgreSQL's first process does when it can't fork: an error in the protocol's second version.</summary>
    private static async Task RefuseAsync(TcpListener listener)
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(Token);
                var request = new byte[8];
                await client.GetStream().ReadExactlyAsync(request, Token);
                await client.GetStream().WriteAsync("Ecould not fork new process for connection: Cannot allocate memory\n\0"u8.ToArray(), Token);
            }
            catch (SocketException)
            {
                // The listener has stopped.
                return;
            }
            catch (EndOfStreamException)
            {
                // A connection that asked for nothing.
            }
        }
    }
}
