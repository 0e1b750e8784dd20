using System.Numerics;
using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>What every user receives of one cell.</summary>
/// <remarks>The part of the antenna's gain that a tilt does not change is kept per cell. Not thread-safe.</remarks>
internal sealed class CellColumns
{
    private readonly NetworkConstants _constants;
    private readonly LinkFactors _links;
    private readonly double[]?[] _fixedParts;
    private readonly int[] _fixedForSite;
    private readonly double[] _fixedForAzimuthDeg;

    public CellColumns(NetworkConstants constants, LinkFactors links, int cells)
    {
        _constants = constants;
        _links = links;
        _fixedParts = new double[cells][];
        _fixedForSite = new int[cells];
        _fixedForAzimuthDeg = new double[cells];
    }

    /// <summary>Takes over what another has computed; neither writes to it afterwards.</summary>
    public CellColumns(CellColumns other)
    {
        _constants = other._constants;
        _links = other._links;
        _fixedParts = (double[]?[])other._fixedParts.Clone();
        _fixedForSite = (int[])other._fixedForSite.Clone();
        _fixedForAzimuthDeg = (double[])other._fixedForAzimuthDeg.Clone();
    }

    /// <summary>Received power, mW, by user; zeros when the cell is off.</summary>
    /// <param name="index">The cell.</param>
    /// <param name="cell">Its settings.</param>
    /// <param name="site">Where it stands.</param>
    /// <param name="received">One per user.</param>
    public void Received(int index, CellSpec cell, int site, Span<double> received)
    {
        if (!cell.On)
        {
            received.Clear();
            return;
        }
        _constants.Antenna.LinearGains(FixedPart(index, cell, site), _links.FirstTerm(site), _links.SecondTerm(site), cell.TiltDeg, received);
        ReadOnlySpan<double> loss = _links.LossFactor(site);
        double power = NetworkConstants.Milliwatts(cell.PowerDbm) * _constants.LossFactor[cell.Carrier];
        int width = Vector<double>.Count, whole = received.Length - received.Length % width;
        Vector<double> wide = new(power);
        for (int i = 0; i < whole; i += width)
        {
            (new Vector<double>(received[i..]) * (new Vector<double>(loss[i..]) * wide)).CopyTo(received[i..]);
        }
        for (int i = whole; i < received.Length; i++)
        {
            received[i] *= loss[i] * power;
        }
    }

    private double[] FixedPart(int index, CellSpec cell, int site)
    {
        if (_fixedParts[index] is { } known && _fixedForSite[index] == site && _fixedForAzimuthDeg[index] == cell.AzimuthDeg)
        {
            return known;
        }
        double[] fixedPart = new double[_links.Users];   // a new one, since others may share the old
        _constants.Antenna.FixedPart(_links.AzimuthDeg(site), _links.ZenithDeg(site), cell.AzimuthDeg, fixedPart);
        _fixedParts[index] = fixedPart;
        _fixedForSite[index] = site;
        _fixedForAzimuthDeg[index] = cell.AzimuthDeg;
        return fixedPart;
    }
}
