using System.Net;
using System.Net.Sockets;

namespace RanCognition.Tests.Memory.Sharing;

/// <summary>Stands between an exchange and the server, and cuts each connection after a number of bytes in either direction.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly Func<int> _bytesOfNext;
    private readonly Thread _thread;
    private int _cuts;

    public CuttingProxy(int target, Func<int> bytesOfNext)
    {
        (_target, _bytesOfNext) = (target, bytesOfNext);
        _listener.Start();
        _thread = new Thread(Accept) { IsBackground = true };
        _thread.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Cuts => Volatile.Read(ref _cuts);

    public void Dispose()
    {
        _listener.Stop();
        _thread.Join();
    }

    private void Accept()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = _listener.AcceptSocket();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }
            var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
            server.Connect(IPAddress.Loopback, _target);
            var budget = new Budget { Left = _bytesOfNext() };
            new Thread(() => Forward(client, server, budget)) { IsBackground = true }.Start();
            new Thread(() => Forward(server, client, budget)) { IsBackground = true }.Start();
        }
    }

    private void Forward(Socket from, Socket to, Budget budget)
    {
        var bytes = new byte[4096];
        try
        {
            while (from.Receive(bytes) is > 0 and int count)
            {
                int left = Interlocked.Add(ref budget.Left, -count);
                to.Send(bytes, 0, Math.Max(0, Math.Min(count, count + left)), SocketFlags.None);
                if (left <= 0)
                {
                    Interlocked.Increment(ref _cuts);
                    break;
                }
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The other direction was cut.
        }
        from.Dispose();
        to.Dispose();
    }

    private sealed class Budget
    {
        public int Left;
    }
}
