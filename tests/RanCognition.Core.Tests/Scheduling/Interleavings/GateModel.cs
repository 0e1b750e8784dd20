namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>TurnGate, statement by statement, and what the scheduler does around it.</summary>
internal sealed class GateModel
{
    private const int Undecided = 0;
    private const int BeingTakenAway = -1;
    private const int Shared = -2;
    private const int Closed = -3;

    private readonly GateFault _fault;
    private readonly int _favoured;
    private readonly int _inside;
    private readonly int _owner;

    // For the proof only: how many are inside, which the gate does not know, and whether it was closed.
    private readonly int _count;
    private readonly int _isClosed;

    private readonly List<(Label Here, Label There)> _forget = [];

    /// <summary>favoured = 0: nobody has come yet.</summary>
    public GateModel(Machine machine, int favoured, GateFault fault)
    {
        _fault = fault;
        _favoured = machine.Cell("favoured", favoured);
        _inside = machine.Cell("inside");
        _owner = machine.Cell("owner");
        Work = machine.Cell("work");
        Closing = machine.Cell("closing");
        _count = machine.Cell("(inside)");
        _isClosed = machine.Cell("(closed)");
    }

    /// <summary>What is only touched inside, without a fence: one is added for each that was inside.</summary>
    public int Work { get; }

    public int Closing { get; }

    public bool IsClosed(EndState end) => end[_isClosed] != 0;

    /// <summary>False when turns are without number.</summary>
    public bool CountsWork { get; init; } = true;

    /// <summary>What is done on entering, as the post is read; it may not be done when all was let go.</summary>
    public Action<Code>? OnEntering { get; init; }

    /// <summary>What is done by who closes, when nobody enters any more.</summary>
    public Action<Code>? OnClosing { get; init; }

    /// <summary>TurnGate.TryEnter and TryEnterShared; goes on at one of the four.</summary>
    public void TryEnter(Code code, Label entered, Label alreadyInside, Label refused, Label closed)
    {
        int me = code.Thread;
        int seen = code.Local();
        int favoured = code.Local();
        Label begin = new();
        Label shared = new();
        Label decided = new();
        Label look = new();
        Label enteredHere = new();
        alreadyInside = ForgetAndGo(alreadyInside);
        refused = ForgetAndGo(refused);
        closed = ForgetAndGo(closed);
        code.Mark(begin).Read(seen, _inside).If(l => l[seen] == me, alreadyInside)
            .Read(seen, _favoured).If(l => l[seen] != me, shared)
            .Write(_inside, me);
        if (Has(GateFault.NoSecondLook))
        {
            code.Goto(enteredHere);
        }
        code.Read(seen, _favoured).If(l => l[seen] == me, enteredHere);
        _ = Has(GateFault.BackByWrite) ? code.Write(_inside, 0) : code.Exchange(seen, _inside, 0);
        code.Mark(shared).Read(seen, _owner).If(l => l[seen] == me, alreadyInside)
            .Read(favoured, _favoured).If(l => l[favoured] != Undecided, decided)
            .CompareExchange(seen, _favoured, me, Undecided).If(l => l[seen] == Undecided, begin)
            .Mark(decided).If(l => l[favoured] <= 0 || l[favoured] == me, look)
            .CompareExchange(seen, _favoured, _ => BeingTakenAway, l => l[favoured]).If(l => l[seen] != l[favoured], look);
        _ = Has(GateFault.OwnFenceOnly) ? code.Fence() : code.BarrierInAll();
        _ = Has(GateFault.SharedIsWritten) ? code.Write(_favoured, Shared) : code.CompareExchange(seen, _favoured, Shared, BeingTakenAway);
        code.Mark(look).Read(favoured, _favoured).If(l => l[favoured] == Closed, closed).If(l => l[favoured] != Shared, refused);
        if (!Has(GateFault.NoLookInside))
        {
            code.Read(seen, _inside).If(l => l[seen] != 0, refused);
        }
        if (Has(GateFault.OwnerIsWritten))
        {
            code.Read(seen, _owner).If(l => l[seen] != 0, refused).Write(_owner, me).Goto(enteredHere);
        }
        code.CompareExchange(seen, _owner, me, 0).If(l => l[seen] != 0, refused);
        code.Mark(enteredHere).Set(seen, _ => 0).Set(favoured, _ => 0)
            .Note((cells, _) => cells[_isClosed] != 0 ? "entered after it was closed" : cells[_count]++ != 0 ? "two threads are inside" : null)
            .Goto(entered);
        _forget.ForEach(exit => code.Mark(exit.Here).Set(seen, _ => 0).Set(favoured, _ => 0).Goto(exit.There));
        _forget.Clear();
    }

    /// <summary>Adds one to what only those inside touch; while it is there, another TryEnter tells it so.</summary>
    public void DoWork(Code code, bool comesAgain)
    {
        int work = code.Local();
        if (comesAgain)
        {
            Label wrong = new();
            Label right = new();
            TryEnter(code, wrong, right, wrong, wrong);
            code.Mark(wrong).Note((_, _) => "a thread inside does not know it").Mark(right);
        }
        code.Read(work, Work).PlainWrite(Work, l => CountsWork ? l[work] + 1 : 1).Set(work, _ => 0);
    }

    /// <summary>TurnGate.Leave.</summary>
    public void Leave(Code code)
    {
        int seen = code.Local();
        Label byFavour = new();
        Label done = new();
        code.Note((cells, _) => --cells[_count] < 0 ? "more left than came" : null);
        _ = Has(GateFault.LeaveByInside)
            ? code.Read(seen, _inside).If(l => l[seen] != 0, byFavour)
            : code.Read(seen, _owner).If(l => l[seen] == 0, byFavour);
        if (Has(GateFault.LeaveByPlainWrite))
        {
            code.PlainWrite(_owner, _ => 0).Goto(done).Mark(byFavour).PlainWrite(_inside, _ => 0);
        }
        else
        {
            code.Write(_owner, 0).Goto(done).Mark(byFavour).Write(_inside, 0);
        }
        code.Mark(done).Set(seen, _ => 0);
    }

    /// <summary>One turn with its work: TakeTurn, a call, and Leave with the look at _closing.</summary>
    public void Turn(Code code, Label refused, Label closed, bool comesAgain = false, bool looksAtClosing = true)
    {
        Label entered = new();
        Label wrong = new();
        Label done = new();
        TryEnter(code, entered, wrong, refused, closed);
        code.Mark(wrong).Note((_, _) => "believes to be inside").Mark(entered);
        if (Has(GateFault.LeaveEarly))
        {
            Leave(code);
            DoWork(code, false);
        }
        else
        {
            OnEntering?.Invoke(code);
            DoWork(code, comesAgain);
            Leave(code);
        }
        if (!looksAtClosing)
        {
            code.Mark(done);
            return;
        }
        int closing = code.Local();
        code.Read(closing, Closing).If(l => l[closing] == 0, done).Set(closing, _ => 0);
        TryClose(code);
        code.Mark(done);
    }

    /// <summary>NanoScheduler.Dispose.</summary>
    public void Dispose(Code code)
    {
        code.Write(Closing, 1);
        _ = Has(GateFault.DisposeFencesItself) ? code.Fence() : code.BarrierInAll();
        TryClose(code);
    }

    /// <summary>NanoScheduler.TryClose and TurnGate.Close.</summary>
    public void TryClose(Code code, Label? refused = null)
    {
        Label entered = new();
        Label done = new();
        if (!Has(GateFault.CloseWithoutFence))
        {
            code.Fence();
        }
        TryEnter(code, entered, done, refused ?? done, done);
        code.Mark(entered);
        DoWork(code, false);   // what is let go is touched by nobody else
        code.Note((cells, _) =>
        {
            cells[_count]--;
            cells[_isClosed]++;
            return null;
        });
        code.Write(_favoured, Closed);
        if (!Has(GateFault.CloseKeepsOwner))
        {
            code.Write(_owner, Closed);
        }
        if (!Has(GateFault.CloseKeepsInside))
        {
            code.Write(_inside, 0);
        }
        OnClosing?.Invoke(code);
        code.Mark(done);
    }

    // What a thread has seen is forgotten when it is used no more: that makes fewer states.
    private Label ForgetAndGo(Label there)
    {
        Label here = new();
        _forget.Add((here, there));
        return here;
    }

    private bool Has(GateFault fault) => (_fault & fault) != 0;
}
