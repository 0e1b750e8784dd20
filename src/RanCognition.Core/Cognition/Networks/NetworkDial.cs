using RanCognition.Contracts;

namespace RanCognition.Cognition.Networks;

/// <summary>The cells of a network with knobs turned.</summary>
internal sealed class NetworkDial
{
    private readonly List<NetworkKnob> _knobs;   // cell by cell
    private readonly CellSpec[] _present;
    private readonly int[] _first;   // knob of each cell, and the number of knobs at the end

    public NetworkDial(List<NetworkKnob> knobs, CellSpec[] present)
    {
        _knobs = knobs;
        _present = present;
        Cells = (CellSpec[])present.Clone();
        Choices = new int[knobs.Count];
        _first = new int[present.Length + 1];
        for (int i = 0; i < Choices.Length; i++)
        {
            Choices[i] = knobs[i].Present;
            _first[knobs[i].Cell + 1]++;
        }
        for (int cell = 0; cell < present.Length; cell++)
        {
            _first[cell + 1] += _first[cell];
        }
    }

    /// <summary>Present choice of each knob; not to be written to.</summary>
    public int[] Choices { get; }

    /// <summary>The cells; not to be written to.</summary>
    public CellSpec[] Cells { get; }

    /// <summary>Knobs that are not where they were.</summary>
    public int Changes { get; private set; }

    /// <summary>The first knob of a cell.</summary>
    public int FirstOf(int cell) => _first[cell];

    /// <summary>One past the last knob of a cell.</summary>
    public int EndOf(int cell) => _first[cell + 1];

    /// <summary>Turns one knob.</summary>
    public void Turn(int knob, int choice)
    {
        Changes += (choice != _knobs[knob].Present ? 1 : 0) - (Choices[knob] != _knobs[knob].Present ? 1 : 0);
        Choices[knob] = choice;
        int cell = _knobs[knob].Cell;
        CellSpec set = _present[cell];
        for (int i = FirstOf(cell); i < EndOf(cell); i++)
        {
            if (Choices[i] != _knobs[i].Present)
            {
                set = CellAttributes.With(set, _knobs[i].Attribute, _knobs[i].Values[Choices[i]]) ?? set;
            }
        }
        Cells[cell] = set;
    }
}
