"""OCDS in: releases of other publishers, merged, become contracts' files and registry entries."""
